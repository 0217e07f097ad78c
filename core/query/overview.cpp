// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/overview.h"

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

void addWorst(const Frame& frame, GroupBy by, Overview& overview) {
    const Query query{.sort = SortKey::Kernel, .grouping = {.by = by, .sort = GroupSort::Worst}};
    std::vector<Group> groups = arrangementFor(frame, query).groups;
    std::erase_if(groups, [](const Group& group) { return group.kind != Group::Kind::Value || group.count == 0; });
    const std::size_t most = std::min(Overview::kMostGroups, groups.size());
    overview.otherGroups = static_cast<std::uint32_t>(groups.size() - most);
    groups.resize(most);
    overview.worst = std::move(groups);
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
    overview.summary = summariseAll(frame);
    for (const Row& row : frame.rows) {
        if (row.change == Change::Closed)
            continue;
        if (const auto when = giveUpClassOf(row))
            ++overview.givenUp[static_cast<std::size_t>(*when)][static_cast<std::size_t>(row.diagnosis)];
        overview.forgotten += isForgotten(row, query.pathForgets);
    }
    for (const PortPressure& pressure : portPressure(frame, 1))
        overview.ports = pressure;
    addWorst(frame, query.by, overview);
    return overview;
}

} // namespace halfopen
