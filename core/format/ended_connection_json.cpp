// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/ended_connection_json.h"

#include "core/format/ended_text.h"
#include "core/format/keepalive_json.h"
#include "core/format/owner_json.h"
#include "core/text/json_writer.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <stdexcept>
#include <utility>

namespace halfopen {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<int, std::string_view>, 7> kErrors{{{ETIMEDOUT, "ETIMEDOUT"},
                                                                   {ECONNRESET, "ECONNRESET"},
                                                                   {ECONNREFUSED, "ECONNREFUSED"},
                                                                   {ECONNABORTED, "ECONNABORTED"},
                                                                   {EPIPE, "EPIPE"},
                                                                   {EHOSTUNREACH, "EHOSTUNREACH"},
                                                                   {ENETUNREACH, "ENETUNREACH"}}};

Json nullable(std::string_view value) {
    return value.empty() ? Json() : Json(value);
}

template <class T>
Json optional(const std::optional<T>& value) {
    return value ? Json(*value) : Json();
}

Json endpoint(const Endpoint& side) {
    return {{"address", side.address.toString()}, {"port", side.port}};
}

Json instant(const Instant& at) {
    return {{"unix_ms", at.wall.time_since_epoch().count()}, {"monotonic_ns", at.monotonic.time_since_epoch().count()}};
}

Json instant(const std::optional<Instant>& at) {
    return at ? instant(*at) : Json();
}

Json errorName(int number) {
    for (const auto& [known, name] : kErrors) {
        if (known == number)
            return name;
    }
    return {};
}

/// What the writer of lists writes, as a part of this tree.
template <class Write>
Json written(Write write) {
    JsonWriter json;
    write(json);
    return Json::parse(json.text());
}

Json owners(const EndedConnection& record) {
    return written([&](JsonWriter& json) { json.array([&] { putOwners(json, record.owners); }); });
}

Json evidenceList(const EndedConnection& record) {
    Json list = Json::array();
    for (const EndingEvidence& one : record.evidence)
        list.push_back({{"code", toString(one.code)},
                        {"value", one.value},
                        {"other", one.other},
                        {"sentence", inEnglish(sentence(one))}});
    return list;
}

Json keepalive(const EndedConnection& record) {
    if (!record.optionsKnown)
        return {};
    return written([&](JsonWriter& json) { json.object([&] { putKeepalive(json, record.options); }); });
}

Json forecastPart(const EndedConnection& record) {
    if (!record.optionsKnown)
        return {};
    return {{"regime", toString(record.regime)},
            {"cause", toString(record.cause)},
            {"gives_up", instant(record.forecastEnd)}};
}

double inMs(std::chrono::microseconds time) {
    return static_cast<double>(time.count()) / 1000.0;
}

/// "unit" or "container", null where there is none.
Json unitPart(const EndedConnection& record, const char* key) {
    return written([&](JsonWriter& json) { json.object([&] { putUnit(json, &record.unit); }); }).at(key);
}

/// null where nothing was graded.
Json gradePart(const EndGrade& grade) {
    if (grade.grade == Grade::None)
        return {};
    Json seen = Json::array();
    for (const Sighting one : grade.seen.list())
        seen.push_back(toString(one));
    return {
        {"grade", toString(grade.grade)}, {"sentence", inEnglish(sentence(grade))}, {"foretold_ms", grade.lead.count()},
        {"band_ms", grade.band.count()},  {"error_ms", inMs(grade.error)},          {"measured", grade.measured},
        {"seen", std::move(seen)}};
}

Json brokenPart(const EndedConnection& record) {
    return record.broken ? Json::parse(record.broken->report, nullptr, false) : Json();
}

Json countOrNull(const std::optional<std::chrono::milliseconds>& time) {
    return time ? Json(time->count()) : Json();
}

// --- and back ---

struct Nonsense : std::runtime_error {
    Nonsense()
        : std::runtime_error("nonsense") {}
};

template <class T>
T need(std::optional<T> value) {
    if (!value)
        throw Nonsense();
    return *std::move(value);
}

Endpoint readEndpoint(const Json& json) {
    return {need(IpAddress::parse(json.at("address").get<std::string>())), json.at("port").get<std::uint16_t>()};
}

std::optional<Instant> readInstant(const Json& json) {
    if (json.is_null())
        return std::nullopt;
    return Instant{MonotonicTime(std::chrono::nanoseconds(json.at("monotonic_ns").get<std::int64_t>())),
                   WallTime(std::chrono::milliseconds(json.at("unix_ms").get<std::int64_t>()))};
}

/// The enumerator with this word, of those from 0 to `last`.
template <class Enum>
Enum readEnum(const Json& json, Enum last) {
    const auto word = json.get<std::string>();
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        if (toString(static_cast<Enum>(i)) == word)
            return static_cast<Enum>(i);
    }
    throw Nonsense();
}

std::string readText(const Json& json) {
    return json.is_null() ? std::string() : json.get<std::string>();
}

std::uint64_t readCookie(const Json& json) {
    const auto text = json.get<std::string>();
    std::uint64_t cookie = 0;
    if (text.size() < 3 || !text.starts_with("0x"))
        throw Nonsense();
    const auto [end, error] = std::from_chars(text.data() + 2, text.data() + text.size(), cookie, 16);
    if (error != std::errc() || end != text.data() + text.size())
        throw Nonsense();
    return cookie;
}

int readError(const Json& json) {
    const auto name = readText(json);
    const auto known = std::ranges::find(kErrors, name, [](const auto& one) { return one.second; });
    return known == kErrors.end() ? 0 : known->first;
}

std::vector<EndingEvidence> readEvidence(const Json& json) {
    std::vector<EndingEvidence> list;
    for (const Json& one : json) {
        if (const auto code = parseEvidenceCode(one.at("code").get<std::string>())) // a later version may know more
            list.push_back({*code, one.at("value").get<std::int64_t>(), one.at("other").get<std::int64_t>()});
    }
    return list;
}

ProcessUnit readUnit(const Json& owner) {
    ProcessUnit unit;
    if (owner.contains("unit") && !owner["unit"].is_null()) {
        unit.unit = owner["unit"].at("name").get<std::string>();
        unit.user = owner["unit"].at("user").get<bool>();
    }
    if (owner.contains("container") && !owner["container"].is_null()) {
        unit.runtime = owner["container"].at("runtime").get<std::string>();
        unit.container = owner["container"].at("id").get<std::string>();
        if (owner["container"].contains("pod"))
            unit.pod = readText(owner["container"]["pod"]);
    }
    return unit;
}

ProcessUnitPtr sharedUnit(ProcessUnit unit) {
    return unit.empty() ? nullptr : std::make_shared<const ProcessUnit>(std::move(unit));
}

std::vector<Owner> readProcesses(const Json& json) {
    std::vector<Owner> list;
    for (const Json& one : json)
        list.push_back({one.at("pid").get<std::int32_t>(),
                        one.at("fd").is_null() ? -1 : one.at("fd").get<std::int32_t>(),
                        one.at("name").get<std::string>(), sharedUnit(readUnit(one))});
    return list;
}

void readKeepalive(const Json& json, EndedConnection& record) {
    record.optionsKnown = !json.is_null();
    if (json.is_null())
        return;
    KeepaliveOptions& o = record.options;
    const auto read = [&json](const char* key, Provenance& from) -> const Json& {
        from = readEnum(json.at(key).at("provenance"), Provenance::Hidden);
        return json.at(key).at("value");
    };
    const Json& enabled = read("enabled", o.enabledFrom);
    o.enabled = enabled.is_null() ? Switch::Unknown : enabled.get<bool>() ? Switch::On : Switch::Off;
    o.idleSeconds = read("idle_s", o.idleFrom).get<std::int32_t>();
    o.intervalSeconds = read("interval_s", o.intervalFrom).get<std::int32_t>();
    o.probes = read("probes", o.probesFrom).get<std::int16_t>();
    o.userTimeout = Millis(read("user_timeout_ms", o.userTimeoutFrom).get<std::uint32_t>());
    for (const auto& [key, bit] :
         {std::pair("idle_s", follows::Idle), {"interval_s", follows::Interval}, {"probes", follows::Probes}})
        if (const auto own = json.at(key).find("explicit"); own != json.at(key).end())
            o.followed |= follows::Told | (own->get<bool>() ? 0 : bit);
}

void readForecast(const Json& json, EndedConnection& record) {
    if (json.is_null())
        return;
    record.regime = readEnum(json.at("regime"), Regime::MptcpClose);
    record.cause = readEnum(json.at("cause"), GiveUpCause::MptcpClose);
    record.forecastEnd = readInstant(json.at("gives_up"));
}

Sightings readSightings(const Json& json) {
    Sightings seen;
    for (const Json& one : json) {
        for (std::size_t i = 0; i < kSightingCount; ++i) { // a later version may know more
            if (toString(static_cast<Sighting>(i)) == one.get<std::string>())
                seen.add(static_cast<Sighting>(i));
        }
    }
    return seen;
}

/// Records of versions that did not grade have none.
void readGrade(const Json& json, EndedConnection& record) {
    if (const auto grade = json.find("grade"); grade != json.end() && !grade->is_null())
        record.grade = {.grade = need(parseGrade(grade->at("grade").get<std::string>())),
                        .measured = grade->at("measured").get<bool>(),
                        .seen = readSightings(grade->at("seen")),
                        .lead = std::chrono::milliseconds(grade->at("foretold_ms").get<std::int64_t>()),
                        .band = std::chrono::milliseconds(grade->at("band_ms").get<std::int64_t>()),
                        .error = std::chrono::round<std::chrono::microseconds>(
                            std::chrono::duration<double, std::milli>(grade->at("error_ms").get<double>()))};
    if (const auto broken = json.find("broken"); broken != json.end() && broken->is_object())
        record.broken = std::make_shared<const BrokenPromise>(BrokenPromise{record.key(), broken->dump()});
}

void readOwner(const Json& json, EndedConnection& record) {
    if (!json.at("uid").is_null())
        record.uid = json.at("uid").get<std::uint32_t>();
    record.user = readText(json.at("user"));
    record.interface = readText(json.at("interface"));
    record.inode = json.at("inode").get<std::uint32_t>();
    record.owners = readProcesses(json.at("processes"));
    record.ownersUnknown = json.at("processes_unknown").is_null()
                               ? OwnerUnknown::Known
                               : readEnum(json.at("processes_unknown"), OwnerUnknown::ProcHidden);
    record.unit = readUnit(json);
}

EndedConnection readEndedConnection(const Json& json) {
    EndedConnection record;
    record.number = json.at("number").get<std::uint64_t>();
    record.cookie = readCookie(json.at("cookie"));
    record.netns = json.at("netns").get<NetnsId>();
    if (json.contains("netns_name"))
        record.netnsName = readText(json["netns_name"]);
    record.local = readEndpoint(json.at("local"));
    record.remote = readEndpoint(json.at("remote"));
    record.sampled = !json.at("last_state").is_null();
    if (record.sampled)
        record.lastState = need(parseState(json.at("last_state").get<std::string>()));
    record.ending = need(parseEnding(json.at("ending").get<std::string>()));
    record.confidence = need(parseConfidence(json.at("confidence").get<std::string>()));
    record.evidence = readEvidence(json.at("evidence"));
    record.errorNumber = readError(json.at("errno"));
    record.firstSeen = readInstant(json.at("first_seen"));
    record.thereBefore = json.at("there_before").get<bool>();
    record.lastSeen = need(readInstant(json.at("last_seen")));
    record.ended = need(readInstant(json.at("ended")));
    record.firstMissed = need(readInstant(json.at("first_missed")));
    record.lastLife = readInstant(json.at("last_life"));
    readOwner(json, record);
    record.unanswered = json.at("unanswered").get<std::uint16_t>();
    if (!json.at("allowed").is_null())
        record.allowed = json.at("allowed").get<std::uint16_t>();
    readKeepalive(json.at("keepalive"), record);
    readForecast(json.at("forecast"), record);
    readGrade(json, record);
    return record;
}

} // namespace

std::string endedConnectionJson(const EndedConnection& c) {
    const Json json{
        {"number", c.number},
        {"cookie", fmt::format("{:#x}", c.cookie)},
        {"netns", c.netns},
        {"netns_name", nullable(c.netnsName)},
        {"local", endpoint(c.local)},
        {"remote", c.foundDead && c.remote.port == 0 ? Json() : endpoint(c.remote)},
        {"interface", nullable(c.interface)},
        {"last_state", c.sampled ? Json(toString(c.lastState)) : Json()},
        {"ending", toString(c.ending)},
        {"confidence", toString(c.confidence)},
        {"sentence", inEnglish(sentence(c))},
        {"evidence", evidenceList(c)},
        {"errno", errorName(c.errorNumber)},
        {"first_seen", instant(c.firstSeen)},
        {"there_before", c.thereBefore},
        {"last_seen", instant(c.lastSeen)},
        {"ended", c.foundDead ? Json() : instant(c.ended)},
        {"first_missed", instant(c.firstMissed)},
        {"last_life", instant(c.lastLife)},
        {"noticed_after_ms", countOrNull(c.noticedAfter())},
        {"uid", optional(c.uid)},
        {"user", nullable(c.user)},
        {"inode", c.inode},
        {"processes", owners(c)},
        {"processes_unknown", nullable(toString(c.ownersUnknown))},
        {"unit", unitPart(c, "unit")},
        {"container", unitPart(c, "container")},
        {"unanswered", c.unanswered},
        {"allowed", optional(c.allowed)},
        {"keepalive", keepalive(c)},
        {"forecast", forecastPart(c)},
        {"grade", gradePart(c.grade)},
        {"broken", brokenPart(c)},
    };
    return withoutTricks(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::optional<EndedConnection> parseEndedConnection(std::string_view text) {
    try {
        return readEndedConnection(Json::parse(text));
    } catch (const std::exception&) { // nlohmann's own, for what is missing or of another type, and Nonsense
        return std::nullopt;
    }
}

} // namespace halfopen
