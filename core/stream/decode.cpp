// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/facts_json.h"
#include "core/stream/limits.h"
#include "core/stream/message_json.h"
#include "core/stream/messages.h"

#include <algorithm>
#include <charconv>

namespace halfopen::stream {

using namespace facts_json;
using nlohmann::json;
using std::chrono::nanoseconds;

namespace {

// Some 290 years before and after its start: far from where sums would overflow.
constexpr std::int64_t kLatest = std::int64_t{1} << 61;

std::optional<nanoseconds> time(const json& value) {
    if (!value.is_number_integer())
        return std::nullopt;
    const auto count = value.get<std::int64_t>();
    if (count < 0 || count > kLatest)
        return std::nullopt;
    return nanoseconds(count);
}

std::optional<Clocks> clocksFrom(const json& list) {
    if (!list.is_array() || list.size() < 3)
        return std::nullopt;
    const auto monotonic = time(list[0]);
    const auto boot = time(list[1]);
    const auto real = time(list[2]);
    if (!monotonic || !boot || !real)
        return std::nullopt;
    return Clocks{*monotonic, *boot, *real};
}

bool flag(const json& from, std::string_view key, bool otherwise) {
    const json& value = member(from, key);
    return value.is_boolean() ? value.get<bool>() : otherwise;
}

std::optional<Message> helloFrom(const json& body) {
    Hello hello{.protocol = number(body, "protocol", 0),
                .version = textOf(body, "version"),
                .host = textOf(body, "host"),
                .kernel = textOf(body, "kernel"),
                .bootId = textOf(body, "boot_id"),
                .uid = number(body, "uid", ~0U),
                .littleEndian = flag(body, "little_endian", true),
                .netns = number<std::uint64_t>(body, "netns", 0),
                .netnsCookie = number<std::uint64_t>(body, "netns_cookie", 0),
                .netnsName = textOf(body, "netns_name"),
                .owners = flag(body, "owners", false),
                .events = flag(body, "events", false),
                .zstd = flag(body, "zstd", false)};
    if (hello.protocol <= 0)
        return std::nullopt;
    if (auto why = sentenceFrom(member(body, "no_events")))
        hello.noEvents = std::move(*why);
    return hello;
}

std::optional<Message> beginFrom(const json& body) {
    const auto clocks = clocksFrom(member(body, "clocks"));
    if (!clocks)
        return std::nullopt;
    return Begin{*clocks, number<std::uint64_t>(body, "bytes", 0)};
}

std::optional<Message> batchFrom(const json& body) {
    const auto at = time(member(body, "at"));
    const auto bytes = number<std::int64_t>(body, "bytes", 0);
    if (!at || bytes <= 0 || bytes > std::int64_t{kMostBatch})
        return std::nullopt;
    return BatchMark{.bytes = static_cast<std::uint32_t>(bytes),
                     .sampled = MonotonicTime(*at),
                     .tickCertain = flag(body, "tick_certain", true),
                     .readBefore = static_cast<std::uint16_t>(
                         std::clamp<std::int64_t>(number(body, "read_before_ms", 0), 0, 0xffff)),
                     .withInfo = flag(body, "info", true),
                     .ofMptcp = flag(body, "mptcp", false)};
}

std::optional<Message> eventsFrom(const json& body) {
    const auto at = time(member(body, "at"));
    const auto bytes = number<std::int64_t>(body, "bytes", -1);
    if (!at || bytes < 0 || bytes > std::int64_t{kMostBatch})
        return std::nullopt;
    return EventsMark{static_cast<std::uint32_t>(bytes), MonotonicTime(*at), number(body, "lost", 0U)};
}

std::optional<Message> pongFrom(const json& body) {
    const auto clocks = clocksFrom(member(body, "clocks"));
    if (!clocks)
        return std::nullopt;
    return Pong{*clocks};
}

std::optional<Message> sysctlsMessageFrom(const json& body) {
    TcpSysctls sysctls = sysctlsFrom(member(body, "sysctl"));
    sysctls.unread = number<std::uint16_t>(body, "unread", 0);
    if (const json& ports = member(body, "ports");
        ports.is_array() && ports.size() == 2 && ports[0].is_number_integer() && ports[1].is_number_integer()) {
        sysctls.localPortLow = ports[0].get<std::uint16_t>();
        sysctls.localPortHigh = ports[1].get<std::uint16_t>();
    }
    return sysctls;
}

std::optional<Message> tickFrom(const json& body) {
    TickClock clock{.hz = number(body, "hz", 0), .offset = {}};
    if (clock.rate() != clock.hz)
        return std::nullopt;
    if (const json& offset = member(body, "jiffies_offset"); offset.is_number_integer()) {
        clock.offset = offset.get<std::int64_t>();
        if (*clock.offset < -kLatest || *clock.offset > kLatest)
            return std::nullopt;
    }
    return clock;
}

std::optional<Message> namesFrom(const json& body) {
    const auto byNumber = [&](std::string_view key, std::unordered_map<std::uint32_t, std::string>& names) {
        const json& list = member(body, key);
        if (!list.is_object())
            return;
        for (const auto& [text, name] : list.items()) {
            std::uint32_t value = 0;
            const bool isNumber =
                std::from_chars(text.data(), text.data() + text.size(), value).ptr == text.data() + text.size();
            if (isNumber && !text.empty() && name.is_string())
                names[value] = name.get<std::string>();
        }
    };
    Names names;
    byNumber("users", names.users);
    byNumber("interfaces", names.interfaces);
    names.units = unitsFrom(member(body, "units"));
    return names;
}

std::optional<Message> toldMessageFrom(const json& body) {
    if (!body.is_array())
        return std::nullopt;
    Told told;
    for (const json& one : body) {
        auto socket = toldFrom(one);
        if (!socket)
            return std::nullopt;
        told.sockets.push_back(std::move(*socket));
    }
    return told;
}

template <class T>
void numbersFrom(const json& list, std::vector<T>& to) {
    if (!list.is_array())
        return;
    for (const json& one : list)
        if (one.is_number_integer())
            to.push_back(one.get<T>());
}

std::optional<Message> endFrom(const json& body) {
    const auto started = time(member(body, "started"));
    const auto taken = time(member(body, "taken"));
    if (!started || !taken || *taken < *started)
        return std::nullopt;
    End end{.started = MonotonicTime(*started),
            .taken = MonotonicTime(*taken),
            .tickCertain = flag(body, "tick_certain", true),
            .stampError = time(member(body, "stamp_error")).value_or(std::chrono::nanoseconds(0)),
            .settled = flag(body, "settled", true),
            .orphanPressure = flag(body, "orphan_pressure", false),
            .ticksLate = flag(body, "ticks_late", false)};
    if (const json& locked = member(body, "locked"); locked.is_number_integer())
        end.locked = locked.get<std::uint64_t>();
    if (const json& notes = member(body, "notes"); notes.is_array())
        for (const json& note : notes)
            if (auto sentence = sentenceFrom(note))
                end.notes.push_back(std::move(*sentence));
    numbersFrom(member(body, "own"), end.own);
    numbersFrom(member(body, "stopped"), end.stopped);
    return end;
}

std::optional<Message> failedFrom(const json& body) {
    auto why = sentenceFrom(member(body, "why"));
    const int code = number(body, "code", -1);
    if (!why || code < 0 || code > static_cast<int>(ErrorCode::NotFound))
        return std::nullopt;
    return Failed{static_cast<ErrorCode>(code), std::move(*why)};
}

struct Kind {
    std::string_view name;
    std::optional<Message> (*from)(const json&);
};
constexpr Kind kKinds[] = {{"hello", helloFrom},   {"begin", beginFrom},  {"batch", batchFrom},
                           {"events", eventsFrom}, {"pong", pongFrom},    {"sysctls", sysctlsMessageFrom},
                           {"tick", tickFrom},     {"names", namesFrom},  {"sockets", toldMessageFrom},
                           {"end", endFrom},       {"failed", failedFrom}};

/// Before it is parsed: how deep it goes decides how much is made of it.
bool isTooDeep(std::string_view text) {
    int depth = 0;
    bool inString = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (inString && c == '\\')
            ++at;
        else if (c == '"')
            inString = !inString;
        else if (!inString && (c == '[' || c == '{'))
            ++depth;
        else if (!inString && (c == ']' || c == '}'))
            --depth;
        if (depth > kMostDepth)
            return true;
    }
    return false;
}

} // namespace

Result<Message> decode(ByteView payload) {
    std::string_view text(reinterpret_cast<const char*>(payload.data()), payload.size());
    constexpr std::string_view kMark = "halfopen ";
    const std::size_t line = text.find('\n');
    if (!text.starts_with(kMark) || line == std::string_view::npos)
        return Message{};
    const auto kind = std::ranges::find(kKinds, text.substr(kMark.size(), line - kMark.size()), &Kind::name);
    if (kind == std::end(kKinds))
        return Message{};
    text.remove_prefix(line + 1);
    const auto unreadable = [&] {
        return failure(ErrorCode::Unreadable, Sentence::tr("the message '{0}' makes no sense", kind->name));
    };
    if (isTooDeep(text))
        return unreadable();
    const json body = json::parse(text, nullptr, false);
    if (body.is_discarded())
        return unreadable();
    auto message = kind->from(body);
    if (!message)
        return unreadable();
    return std::move(*message);
}

} // namespace halfopen::stream
