// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace halfopen {

/// What to change about a living socket; absent values are left as they are. Units as setsockopt(2).
struct OptionsChange {
    std::optional<bool> enabled;
    std::optional<std::int32_t> idleSeconds;     ///< 1 to kMaxKeepaliveIdle (core/model/keepalive_limits.h)
    std::optional<std::int32_t> intervalSeconds; ///< 1 to kMaxKeepaliveInterval
    std::optional<std::int32_t> probes;          ///< 1 to kMaxKeepaliveProbes
    std::optional<std::int32_t> userTimeoutMs;   ///< 0 (none) to INT_MAX

    bool operator==(const OptionsChange&) const = default;
};

} // namespace halfopen
