// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/tracking.h"

#include "core/model/path_out.h"

#include <algorithm>

namespace halfopen {

namespace {

/// It goes from one socket of its namespace to another.
bool staysInside(const Connection& connection) {
    return connection.remote.address.isLoopback() || connection.remote.address == connection.local.address;
}

} // namespace

std::vector<std::uint16_t> namespacesOnItsWay(const Frame& frame, const Row& row) {
    std::vector<std::uint16_t> way{row.connection.netnsIndex};
    const NetnsContext* const outermost = &frame.outermostOf(row);
    if (outermost == &frame.netnsOf(row) || staysInside(row.connection))
        return way;
    const auto at = std::ranges::find(frame.namespaces, outermost, [](const auto& one) { return one.get(); });
    way.push_back(static_cast<std::uint16_t>(at - frame.namespaces.begin()));
    return way;
}

std::optional<MachineTimeout> trackingTimeout(const Frame& frame, const Row& row) {
    if (row.connection.state != State::Established)
        return std::nullopt;
    std::optional<MachineTimeout> shortest;
    const auto consider = [&](const MachineTimeout& one) {
        if (!shortest || one.seconds < shortest->seconds)
            shortest = one;
    };
    for (const std::uint16_t index : namespacesOnItsWay(frame, row)) {
        const NetnsContext& netns = *frame.namespaces[index];
        if (netns.tracking && netns.tracking->flows > 0)
            consider({netns.tracking->established, false});
        if (netns.services && netns.services->serves(row.connection.remote))
            consider({netns.services->tcpTimeout, true});
    }
    return shortest;
}

std::span<const TrackedFlow> trackedFlowsOf(const Frame& frame, const Row& row) {
    if (!frame.selected || frame.selected->key != frame.keyOf(row))
        return {};
    return frame.selected->tracked;
}

const TrackedFlow* firstForgotten(std::span<const TrackedFlow> flows) {
    const TrackedFlow* first = nullptr;
    for (const TrackedFlow& flow : flows)
        if (flow.answer == TrackedFlow::Answer::Tracked && flow.left && (!first || *flow.left < *first->left))
            first = &flow;
    return first;
}

bool isTrackedNowhere(std::span<const TrackedFlow> flows) {
    return !flows.empty() && std::ranges::all_of(flows, [](const TrackedFlow& flow) {
        return flow.answer == TrackedFlow::Answer::Untracked;
    });
}

std::chrono::milliseconds forgottenAfter(const TrackedFlow& flow, const Frame& frame, const Row& row) {
    const MonotonicTime sampled = row.connection.sampled - frame.netnsOf(row).host->clockOffset;
    return std::chrono::duration_cast<std::chrono::milliseconds>(flow.asked + *flow.left - sampled);
}

FlowRace raceOf(const Forecast& forecast, std::chrono::milliseconds forgotten) {
    if (forecast.nextEvent == NextEvent::GiveUp)
        return FlowRace::Ends;
    if (forecast.nextEvent == NextEvent::None || nothingLeaves(forecast.conditions))
        return FlowRace::Nothing;
    constexpr std::chrono::milliseconds kToldTo{1000}; // TrackedFlow::left is cut to whole seconds
    if (forecast.next.earliest.count() >= (forgotten + kToldTo).count())
        return FlowRace::TooLate;
    return forecast.next.latest.count() < forgotten.count() ? FlowRace::InTime : FlowRace::Close;
}

TrackingRace raceOf(const KeepaliveOptions& options, std::int32_t timeout) {
    if (options.enabled == Switch::Unknown)
        return TrackingRace::NotKnown;
    if (options.enabled == Switch::Off || options.idleSeconds >= timeout)
        return TrackingRace::TooLate;
    return options.idleFrom > Provenance::Derived ? TrackingRace::IfByDefault : TrackingRace::InTime;
}

} // namespace halfopen
