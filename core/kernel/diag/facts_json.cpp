// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/facts_json.h"

#include "core/model/connection.h"
#include "core/model/settings.h"

#include <charconv>

namespace halfopen::facts_json {

nlohmann::json sysctlsJson(const TcpSysctls& sysctls) {
    nlohmann::json json = nlohmann::json::object();
    for (const SettingInfo& info : allSettings())
        if (isThere(sysctls, info.id))
            json[std::string(info.name)] = sysctls.*info.field;
    return json;
}

nlohmann::json unitJson(const ProcessUnit& unit) {
    nlohmann::json json = nlohmann::json::object();
    if (!unit.unit.empty())
        json["unit"] = {{"name", unit.unit}, {"user", unit.user}};
    if (!unit.container.empty())
        json["container"] = {{"runtime", unit.runtime}, {"id", unit.container}, {"pod", unit.pod}};
    return json;
}

nlohmann::json unitsJson(const std::unordered_map<std::uint32_t, ProcessUnit>& units) {
    nlohmann::json json = nlohmann::json::object();
    for (const auto& [group, unit] : units)
        if (!unit.empty())
            json[std::to_string(cgroupId(group))] = unitJson(unit);
    return json;
}

const nlohmann::json& member(const nlohmann::json& json, std::string_view key) {
    static const nlohmann::json null;
    const auto it = json.find(key);
    return it == json.end() ? null : *it;
}

std::string textOf(const nlohmann::json& json, std::string_view key) {
    const auto& value = member(json, key);
    return value.is_string() ? value.get<std::string>() : std::string();
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

} // namespace halfopen::facts_json
