// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/overview.h"

#include "core/query/filter.h"
#include "core/query/order.h"
#include "core/query/port_pressure.h"
#include "core/query/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace halfopen {

namespace {

using namespace std::chrono_literals;

/// For what is in view, whatever the frame's filter.
Query queryFor(const Frame& frame, GroupBy by) {
    Query query{.sort = SortKey::Kernel, .grouping = {.by = by, .sort = GroupSort::Worst}};
    query.netns = frame.query.netns;
    return query;
}

void addWorst(std::vector<Group> groups, Overview& overview) {
    std::erase_if(groups, [](const Group& group) { return group.kind != Group::Kind::Value || group.count == 0; });
    const std::size_t most = std::min(Overview::kMostGroups, groups.size());
    overview.otherGroups = static_cast<std::uint32_t>(groups.size() - most);
    groups.resize(most);
    overview.worst = std::move(groups);
}

void addPorts(const Frame& frame, const Query& inView, Overview& overview) {
    const auto only = netnsInView(frame, inView, Filter());
    for (const PortPressure& pressure : portPressure(frame, frame.rows.size())) {
        if (!only || pressure.netnsIndex == *only) {
            overview.ports = pressure;
            return;
        }
    }
}

bool isForgotten(const Row& row, std::chrono::seconds pathForgets) {
    const auto idle = row.connection.idleAge();
    return row.connection.state == State::Established && idle && *idle > pathForgets;
}

} // namespace

std::optional<GiveUpClass> giveUpClassOf(const Row& row) {
    if (row.diagnosis == Diagnosis::Listening || row.diagnosis == Diagnosis::Closing)
        return std::nullopt;
    if (row.forecast.never)
        return GiveUpClass::Never;
    if (row.forecast.cause == GiveUpCause::None)
        return std::nullopt;
    const Millis end = row.forecast.givesUp.expected;
    return end < 10min  ? GiveUpClass::WithinTenMinutes
           : end < 2h   ? GiveUpClass::WithinTwoHours
           : end <= 24h ? GiveUpClass::WithinADay
                        : GiveUpClass::AfterADay;
}

std::string filterTextOf(GiveUpClass when) {
    constexpr std::string_view kNotOnItsWayOut = "-diagnosis:closing -diagnosis:listening";
    const std::string_view range = when == GiveUpClass::Never            ? "gives-up:never"
                                   : when == GiveUpClass::AfterADay      ? "gives-up>24h -gives-up:never"
                                   : when == GiveUpClass::WithinADay     ? "gives-up>=2h gives-up<=24h"
                                   : when == GiveUpClass::WithinTwoHours ? "gives-up>=10m gives-up<2h"
                                                                         : "gives-up<10m";
    return fmt::format("{} {}", range, kNotOnItsWayOut);
}

std::string filterTextOfForgotten(std::chrono::seconds pathForgets) {
    return fmt::format("state:established idle>{}s", pathForgets.count());
}

Overview overviewOf(const Frame& frame, const OverviewQuery& query) {
    Overview overview;
    const Query inView = queryFor(frame, query.by);
    Arrangement all = arrangementFor(frame, inView);
    overview.summary = summarise(frame, all.shown);
    for (const std::uint32_t index : all.shown) {
        const Row& row = frame.rows[index];
        if (row.change == Change::Closed)
            continue;
        if (const auto when = giveUpClassOf(row))
            ++overview.givenUp[static_cast<std::size_t>(*when)][static_cast<std::size_t>(row.diagnosis)];
        overview.forgotten += isForgotten(row, query.pathForgets);
    }
    addPorts(frame, inView, overview);
    addWorst(std::move(all.groups), overview);
    return overview;
}

} // namespace halfopen
