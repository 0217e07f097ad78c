// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/tracking_text.h"

#include "core/format/countdown.h"
#include "core/format/duration.h"
#include "core/query/tracking.h"

#include <algorithm>
#include <chrono>
#include <string_view>

namespace halfopen {

namespace {

/// What its flow's entry makes of its silence, as the kernel told it.
Sentence flowSentence(const TrackedFlow& flow, const Row& row, const Frame& frame) {
    const auto left = std::max(forgottenAfter(flow, frame, row), std::chrono::milliseconds(0));
    const Sentence when = momentClause(saturate(left));
    const std::string_view state = trackedStateName(flow.state);
    const Sentence holds =
        flow.netnsIndex == row.connection.netnsIndex
            ? Sentence::tr("Connection tracking (conntrack) holds it as {0} and forgets it {1} without a packet.",
                           state, when)
            : Sentence::tr("Connection tracking (conntrack) of the machine, which it passes through, holds it as {0} "
                           "and forgets it {1} without a packet.",
                           state, when);
    return holds + raceSentence(row.forecast, left);
}

} // namespace

Sentence raceSentence(const KeepaliveOptions& options, std::int32_t timeout) {
    const auto idle = [&] { return durationSentence(std::chrono::seconds(options.idleSeconds)); };
    switch (raceOf(options, timeout)) {
    case TrackingRace::NotKnown:
        break;
    case TrackingRace::TooLate:
        return Sentence::tr("No probe goes out before that: both ends would go on believing that it is open.");
    case TrackingRace::IfByDefault:
        return Sentence::tr("If its idle time is the system's, its first probe goes out before that, after {0}.",
                            idle());
    case TrackingRace::InTime:
        return Sentence::tr("Its first probe goes out before that, after {0}.", idle());
    }
    return Sentence::tr("Whether probes go out is not known.");
}

Sentence raceSentence(const Forecast& forecast, std::chrono::milliseconds left) {
    switch (raceOf(forecast, left)) {
    case FlowRace::Ends:
        return {};
    case FlowRace::Nothing:
        break;
    case FlowRace::TooLate:
        return Sentence::tr("What goes out next comes too late: both ends would go on believing that it is open.");
    case FlowRace::Close:
        return Sentence::tr("What goes out next may come too late.");
    case FlowRace::InTime:
        return Sentence::tr("What goes out next comes before that.");
    }
    return Sentence::tr("Nothing is to go out before that: both ends would go on believing that it is open.");
}

Sentence trackingSentence(const Row& row, const Frame& frame) {
    const auto flows = trackedFlowsOf(frame, row);
    if (const TrackedFlow* const first = firstForgotten(flows))
        return flowSentence(*first, row, frame);
    const auto timeout = trackingTimeout(frame, row);
    if (!timeout)
        return {};
    if (!timeout->service && isTrackedNowhere(flows))
        return Sentence::tr("Connection tracking (conntrack) holds nothing of it, so it forgets nothing.");
    const Sentence time = durationSentence(saturate(std::chrono::seconds(timeout->seconds)));
    const Sentence what =
        timeout->service
            ? Sentence::tr("Its peer is a virtual service of this machine (IPVS), which forgets it after {0} without a "
                           "packet.",
                           time)
            : Sentence::tr("Where this machine tracks it (conntrack), it forgets it after {0} without a packet.", time);
    const bool refused = std::ranges::any_of(
        flows, [](const TrackedFlow& flow) { return flow.answer == TrackedFlow::Answer::NotPermitted; });
    const Sentence whole = what + raceSentence(row.options, timeout->seconds);
    return refused ? whole + Sentence::tr("How long is left of that is told to an administrator only.") : whole;
}

} // namespace halfopen
