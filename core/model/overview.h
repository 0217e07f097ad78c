// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/activity.h"
#include "core/model/group.h"
#include "core/model/grouping.h"
#include "core/model/port_pressure.h"
#include "core/model/shown_summary.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace halfopen {

/// When the kernel gives a connection up if its peer stays silent.
enum class GiveUpClass : std::uint8_t { Never, AfterADay, WithinADay, WithinTwoHours, WithinTenMinutes };
inline constexpr std::size_t kGiveUpClassCount = 5;

/// What an Overview is asked for with, see Query::overview.
struct OverviewQuery {
    std::chrono::seconds pathForgets{350}; ///< silence after which something on the way forgets a connection
    GroupBy by = GroupBy::Program;         ///< of the worst groups

    bool operator==(const OverviewQuery&) const = default;
};

/// All network namespaces in view (Query::netns) at one sample, whatever the filter shows. Closed rows are not counted.
struct Overview {
    static constexpr std::size_t kMostGroups = 8;

    ShownSummary summary;
    /// By GiveUpClass; listeners, and what is on its way out by a timer, are not counted: see giveUpClassOf().
    std::array<DiagnosisCounts, kGiveUpClassCount> givenUp{};
    std::vector<Group> worst; ///< at most kMostGroups, see GroupSort::Worst; those without the value are left out
    std::uint32_t otherGroups = 0;
    std::optional<PortPressure> ports; ///< of the destination that has used most; nullopt: there is none
    std::uint32_t forgotten = 0;       ///< established and silent for longer than OverviewQuery::pathForgets

    bool operator==(const Overview&) const = default;
};
using OverviewPtr = std::shared_ptr<const Overview>;

} // namespace halfopen
