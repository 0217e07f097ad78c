// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/facts_json.h"
#include "core/model/settings.h"
#include "core/stream/message_json.h"
#include "core/stream/messages.h"

#include <fmt/format.h>

#include <linux/netlink.h>

#include <cstring>

namespace halfopen::stream {

using namespace facts_json;
using nlohmann::json;

namespace {

// A part of what may be long; an owner is some 200 bytes, his command line 4 KiB at most.
constexpr std::size_t kSocketsAtOnce = 200;

std::int64_t count(MonotonicTime at) {
    return at.time_since_epoch().count();
}

json clocksJson(const Clocks& clocks) {
    return {clocks.monotonic.count(), clocks.boot.count(), clocks.real.count()};
}

struct Text {
    const char* kind;
    json body;
};

Text text(std::monostate) {
    return {"nothing", json::object()};
}

Text text(const Hello& hello) {
    json body{{"protocol", hello.protocol},
              {"version", hello.version},
              {"host", hello.host},
              {"kernel", hello.kernel},
              {"boot_id", hello.bootId},
              {"uid", hello.uid},
              {"little_endian", hello.littleEndian},
              {"netns", hello.netns},
              {"netns_cookie", hello.netnsCookie},
              {"netns_name", hello.netnsName},
              {"owners", hello.owners},
              {"events", hello.events},
              {"zstd", hello.zstd}};
    if (!hello.noEvents.empty())
        body["no_events"] = sentenceJson(hello.noEvents);
    return {"hello", std::move(body)};
}

Text text(const Begin& begin) {
    return {"begin", {{"clocks", clocksJson(begin.clocks)}, {"bytes", begin.bytes}}};
}

/// What is as usual is left out: there is one for every batch.
Text text(const BatchMark& mark) {
    json body{{"bytes", mark.bytes}, {"at", count(mark.sampled)}};
    if (!mark.tickCertain)
        body["tick_certain"] = false;
    if (mark.readBefore != 0)
        body["read_before_ms"] = mark.readBefore;
    if (!mark.withInfo)
        body["info"] = false;
    if (mark.ofMptcp)
        body["mptcp"] = true;
    return {"batch", std::move(body)};
}

Text text(const EventsMark& mark) {
    return {"events", {{"bytes", mark.bytes}, {"at", count(mark.received)}, {"lost", mark.lost}}};
}

Text text(const Pong& pong) {
    return {"pong", {{"clocks", clocksJson(pong.clocks)}}};
}

Text text(const TcpSysctls& sysctls) {
    return {"sysctls",
            {{"sysctl", sysctlsJson(sysctls)},
             {"unread", sysctls.unread},
             {"ports", {sysctls.localPortLow, sysctls.localPortHigh}}}};
}

Text text(const TickClock& clock) {
    json body{{"hz", clock.hz}};
    if (clock.offset)
        body["jiffies_offset"] = *clock.offset;
    return {"tick", std::move(body)};
}

json byNumber(const std::unordered_map<std::uint32_t, std::string>& names) {
    json body = json::object();
    for (const auto& [number, name] : names)
        body[std::to_string(number)] = name;
    return body;
}

Text text(const Names& names) {
    json body = json::object();
    if (!names.users.empty())
        body["users"] = byNumber(names.users);
    if (!names.interfaces.empty())
        body["interfaces"] = byNumber(names.interfaces);
    if (!names.units.empty())
        body["units"] = unitsJson(names.units);
    return {"names", std::move(body)};
}

Text text(const Told& told) {
    json body = json::array();
    for (const ToldSocket& socket : told.sockets)
        body.push_back(toldJson(socket));
    return {"sockets", std::move(body)};
}

Text text(const End& end) {
    json body{{"started", count(end.started)}, {"taken", count(end.taken)}, {"settled", end.settled}};
    if (!end.tickCertain)
        body["tick_certain"] = false;
    if (end.stampError.count() != 0)
        body["stamp_error"] = end.stampError.count();
    if (end.locked)
        body["locked"] = *end.locked;
    if (end.orphanPressure)
        body["orphan_pressure"] = true;
    if (end.ticksLate)
        body["ticks_late"] = true;
    for (const Sentence& note : end.notes)
        body["notes"].push_back(sentenceJson(note));
    if (!end.own.empty())
        body["own"] = end.own;
    if (!end.stopped.empty())
        body["stopped"] = end.stopped;
    return {"end", std::move(body)};
}

Text text(const Failed& failed) {
    return {"failed", {{"code", static_cast<int>(failed.code)}, {"why", sentenceJson(failed.sentence)}}};
}

void append(std::vector<std::byte>& to, const std::vector<std::byte>& bytes) {
    to.insert(to.end(), bytes.begin(), bytes.end());
}

/// Of a kind of names, a part at a time.
template <class Map>
void appendParts(std::vector<std::byte>& to, const Map& all, Map Names::*of) {
    Names part;
    for (const auto& one : all) {
        (part.*of).insert(one);
        if ((part.*of).size() < kSocketsAtOnce)
            continue;
        append(to, encode(part));
        (part.*of).clear();
    }
    if (!part.empty())
        append(to, encode(part));
}

} // namespace

std::string firstLine(std::string_view nonce) {
    return fmt::format("halfopen stream {} {}\n", kProtocol, nonce);
}

bool isNonce(std::string_view text) {
    constexpr std::size_t kMost = 64;
    return !text.empty() && text.size() <= kMost &&
           text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

std::vector<std::byte> encode(const Message& message) {
    const auto [kind, body] = std::visit([](const auto& one) { return text(one); }, message);
    const std::string payload =
        fmt::format("halfopen {}\n{}", kind, body.dump(-1, ' ', false, json::error_handler_t::replace));
    nlmsghdr head{};
    head.nlmsg_len = static_cast<std::uint32_t>(sizeof head + payload.size());
    head.nlmsg_type = NLMSG_NOOP;
    std::vector<std::byte> bytes(NLMSG_ALIGN(head.nlmsg_len));
    std::memcpy(bytes.data(), &head, sizeof head);
    std::memcpy(bytes.data() + sizeof head, payload.data(), payload.size());
    return bytes;
}

std::vector<std::byte> encodeAll(const Told& told) {
    std::vector<std::byte> bytes;
    for (std::size_t from = 0; from < told.sockets.size(); from += kSocketsAtOnce) {
        const auto first = told.sockets.begin() + static_cast<std::ptrdiff_t>(from);
        const auto count = std::min(kSocketsAtOnce, told.sockets.size() - from);
        append(bytes, encode(Told{{first, first + static_cast<std::ptrdiff_t>(count)}}));
    }
    return bytes;
}

std::vector<std::byte> encodeAll(const Names& names) {
    std::vector<std::byte> bytes;
    appendParts(bytes, names.users, &Names::users);
    appendParts(bytes, names.interfaces, &Names::interfaces);
    appendParts(bytes, names.units, &Names::units);
    return bytes;
}

} // namespace halfopen::stream
