// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/error.h"
#include "core/model/settings.h"

#include <array>
#include <cstdint>

namespace halfopen {

/// The three values that decide how keepalive works where a program did not choose its own. Seconds, seconds, count.
struct KeepaliveDefaults {
    std::int32_t time = 7200;
    std::int32_t interval = 75;
    std::int32_t probes = 9;

    bool operator==(const KeepaliveDefaults&) const = default;
};

/// One of the three, and where a KeepaliveDefaults has it.
struct KeepaliveDefault {
    Setting id;
    std::int32_t KeepaliveDefaults::*field;
};
inline constexpr std::array<KeepaliveDefault, 3> kKeepaliveDefaults{{
    {Setting::KeepaliveTime, &KeepaliveDefaults::time},
    {Setting::KeepaliveInterval, &KeepaliveDefaults::interval},
    {Setting::KeepaliveProbes, &KeepaliveDefaults::probes},
}};

/// @return  Usage, naming the setting, the value and the range, where it is outside the sane range
Result<void> checkRange(Setting id, std::int64_t value);
/// The same for the first of the three
Result<void> checkRange(const KeepaliveDefaults& values);

} // namespace halfopen
