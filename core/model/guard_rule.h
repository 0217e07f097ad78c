// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace halfopen {

inline constexpr std::size_t kMostGuardName = 255; ///< bytes of a rule's unit: NAME_MAX, as unit names are

/// Keepalive for every new connection of a unit whose program does not ask for it. What is 0 is left to the system.
struct GuardRule {
    std::string unit; ///< the name of a control group's directory: "postgresql.service"; "": every connection there is
    std::int32_t idle = 0;        ///< TCP_KEEPIDLE, s
    std::int32_t interval = 0;    ///< TCP_KEEPINTVL, s
    std::int32_t probes = 0;      ///< TCP_KEEPCNT
    std::int32_t userTimeout = 0; ///< TCP_USER_TIMEOUT, ms

    bool operator==(const GuardRule&) const = default;
};

/// How a rule is called where its name has to be written: its unit, or "*".
inline std::string_view guardedName(std::string_view unit) {
    return unit.empty() ? std::string_view("*") : unit;
}
/// The other way. @return nullopt for "": all is meant only where somebody says so
inline std::optional<std::string> unitCalled(std::string_view name) {
    return name.empty() ? std::nullopt : std::optional<std::string>(name == guardedName({}) ? "" : name);
}

/// What a rule has done since the kernel has it.
struct GuardCounts {
    std::uint64_t active = 0;  ///< connections of its unit that it guards: connected from here
    std::uint64_t passive = 0; ///< accepted here
    std::uint64_t asked = 0;   ///< left alone: the program had turned keepalive on itself
    std::uint64_t failed = 0;  ///< the kernel refused an option

    bool operator==(const GuardCounts&) const = default;
};

/// Whether a control group's directory, and with it a rule, may have this name: as units and containers are named, so
/// neither a path nor anything that a terminal or a file of rules would take for something else.
bool isGuardName(std::string_view name);

/// A name that systemd gives: it may come, though it is not there now.
bool isUnitName(std::string_view name);

/// @return Usage, naming what is wrong and what setsockopt(2) takes
Result<void> checkRule(const GuardRule& rule);

} // namespace halfopen
