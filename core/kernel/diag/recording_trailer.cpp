// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/recording_trailer.h"

#include "core/model/connection.h"
#include "core/model/settings.h"

#include <nlohmann/json.hpp>

#include <linux/netlink.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string_view>

namespace halfopen {

namespace {

constexpr std::string_view kTrailerMark = "halfopen recording 1\n";

nlohmann::json toJson(const TcpSysctls& sysctls) {
    nlohmann::json json = nlohmann::json::object();
    for (const SettingInfo& info : allSettings())
        if (isThere(sysctls, info.id))
            json[std::string(info.name)] = sysctls.*info.field;
    return json;
}

nlohmann::json toJson(const ProcessUnit& unit) {
    nlohmann::json json = nlohmann::json::object();
    if (!unit.unit.empty())
        json["unit"] = {{"name", unit.unit}, {"user", unit.user}};
    if (!unit.container.empty())
        json["container"] = {{"runtime", unit.runtime}, {"id", unit.container}, {"pod", unit.pod}};
    return json;
}

/// By the ids that stand in the messages.
nlohmann::json unitsJson(const std::unordered_map<std::uint32_t, ProcessUnit>& units) {
    nlohmann::json json = nlohmann::json::object();
    for (const auto& [group, unit] : units)
        if (!unit.empty())
            json[std::to_string(cgroupId(group))] = toJson(unit);
    return json;
}

nlohmann::json toJson(const RecordingTrailer& trailer) {
    nlohmann::json json{
        {"host", trailer.host},
        {"kernel", trailer.kernel},
        {"taken_ns", trailer.taken.time_since_epoch().count()},
        {"hz", trailer.clock.hz},
        {"sysctl", toJson(trailer.sysctls)},
    };
    if (trailer.clock.offset)
        json["jiffies_offset"] = *trailer.clock.offset;
    if (trailer.netnsCookie != 0 || !trailer.netnsName.empty())
        json["netns"] = {{"cookie", trailer.netnsCookie}, {"name", trailer.netnsName}};
    if (auto units = unitsJson(trailer.units); !units.empty())
        json["units"] = std::move(units);
    return json;
}

/// The member of an object; null where it is none, or has none.
const nlohmann::json& member(const nlohmann::json& json, std::string_view key) {
    static const nlohmann::json null;
    const auto it = json.find(key);
    return it == json.end() ? null : *it;
}

std::string textOf(const nlohmann::json& json, std::string_view key) {
    const auto& value = member(json, key);
    return value.is_string() ? value.get<std::string>() : std::string();
}

template <class T>
T number(const nlohmann::json& json, std::string_view key, T otherwise) {
    const auto it = json.find(key);
    return it != json.end() && it->is_number_integer() ? it->get<T>() : otherwise;
}

TcpSysctls sysctlsFrom(const nlohmann::json& json) {
    TcpSysctls sysctls;
    for (const SettingInfo& info : allSettings()) {
        sysctls.*info.field = number(json, info.name, sysctls.*info.field);
        setThere(sysctls, info.id, json.contains(info.name));
    }
    return sysctls;
}

ProcessUnit unitFrom(const nlohmann::json& json) {
    const auto& unit = member(json, "unit");
    const auto& container = member(json, "container");
    const auto& user = member(unit, "user");
    return {.unit = textOf(unit, "name"),
            .user = user.is_boolean() && user.get<bool>(),
            .runtime = textOf(container, "runtime"),
            .container = textOf(container, "id"),
            .pod = textOf(container, "pod")};
}

std::unordered_map<std::uint32_t, ProcessUnit> unitsFrom(const nlohmann::json& json) {
    std::unordered_map<std::uint32_t, ProcessUnit> units;
    if (!json.is_object())
        return units;
    for (const auto& [id, unit] : json.items()) {
        std::uint64_t group = 0;
        if (std::from_chars(id.data(), id.data() + id.size(), group).ptr != id.data() + id.size() || group == 0)
            continue;
        if (const std::uint32_t index = internCgroup(group); index != 0)
            units[index] = unitFrom(unit);
    }
    return units;
}

} // namespace

std::optional<RecordingTrailer> decodeTrailer(ByteView payload) {
    std::string_view text(reinterpret_cast<const char*>(payload.data()), payload.size());
    if (!text.starts_with(kTrailerMark))
        return std::nullopt;
    text.remove_prefix(kTrailerMark.size());
    const auto json = nlohmann::json::parse(text.substr(0, text.find('\0')), nullptr, false);
    if (!json.is_object())
        return std::nullopt;
    RecordingTrailer trailer;
    trailer.host = textOf(json, "host");
    trailer.kernel = textOf(json, "kernel");
    trailer.taken = MonotonicTime(std::chrono::nanoseconds(number<std::int64_t>(json, "taken_ns", 0)));
    trailer.clock.hz = std::clamp(number(json, "hz", 250), 1, 100'000);
    if (json.contains("jiffies_offset"))
        trailer.clock.offset = number<std::int64_t>(json, "jiffies_offset", 0);
    if (json.contains("sysctl"))
        trailer.sysctls = sysctlsFrom(json["sysctl"]);
    const auto& netns = member(json, "netns");
    trailer.netnsCookie = number<std::uint64_t>(netns, "cookie", 0);
    trailer.netnsName = textOf(netns, "name");
    trailer.units = unitsFrom(member(json, "units"));
    return trailer;
}

std::unordered_map<std::uint32_t, ProcessUnit> unitsIn(const Frame& frame, std::span<const std::uint32_t> rows) {
    std::unordered_map<std::uint32_t, ProcessUnit> units;
    if (!frame.units)
        return units;
    for (const std::uint32_t index : rows) {
        const auto made = frame.units->find(frame.rows[index].connection.cgroup);
        if (made != frame.units->end() && made->second)
            units.try_emplace(made->first, *made->second);
    }
    return units;
}

std::vector<std::byte> encodeTrailer(const RecordingTrailer& trailer) {
    const std::string text =
        std::string(kTrailerMark) + toJson(trailer).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    nlmsghdr head{};
    head.nlmsg_len = static_cast<std::uint32_t>(sizeof head + text.size());
    head.nlmsg_type = NLMSG_NOOP;
    std::vector<std::byte> message(NLMSG_ALIGN(head.nlmsg_len));
    std::memcpy(message.data(), &head, sizeof head);
    std::memcpy(message.data() + sizeof head, text.data(), text.size());
    return message;
}

} // namespace halfopen
