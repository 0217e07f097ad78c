// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metric.h"
#include "core/metrics/socket_counts.h"
#include "core/tuning/middlebox.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace halfopen {

/// Counts established connections by what middleboxes with known idle timeouts do to them while they are idle.
class MiddleboxCounts {
public:
    /// @param boxes   those of layer 7 are left out: probes do not count there; have to outlive it
    /// @param onPath  ids of those that an administrator says are there
    MiddleboxCounts(std::span<const Middlebox> boxes, std::vector<std::string> onPath);

    void add(const Row& row, Scope scope);
    void appendTo(std::vector<MetricFamily>& families) const;

private:
    struct Counted {
        const Middlebox* box;
        std::array<std::uint32_t, 3> verdicts{}; ///< survives, barely, forgotten
    };

    std::vector<Counted> m_boxes;
    std::vector<std::string> m_onPath;
};

} // namespace halfopen
