// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/process_unit.h"
#include "core/model/tcp_sysctls.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

/// What a recording and a stream tell of a machine, as JSON. What is damaged there counts as not told. Pure.
namespace halfopen::facts_json {

/// The member of an object; null where it is none, or has none.
const nlohmann::json& member(const nlohmann::json& json, std::string_view key);
/// "" where it is none.
std::string textOf(const nlohmann::json& json, std::string_view key);

template <class T>
T number(const nlohmann::json& json, std::string_view key, T otherwise) {
    const auto& value = member(json, key);
    return value.is_number_integer() ? value.get<T>() : otherwise;
}

nlohmann::json sysctlsJson(const TcpSysctls& sysctls);
TcpSysctls sysctlsFrom(const nlohmann::json& json);

nlohmann::json unitJson(const ProcessUnit& unit);
ProcessUnit unitFrom(const nlohmann::json& json);

/// Units and containers by Connection::cgroup; in the JSON by the ids that stand in the kernel's messages.
nlohmann::json unitsJson(const std::unordered_map<std::uint32_t, ProcessUnit>& units);
std::unordered_map<std::uint32_t, ProcessUnit> unitsFrom(const nlohmann::json& json);

} // namespace halfopen::facts_json
