// SPDX-License-Identifier: GPL-3.0-or-later
// What the connection tracking of this machine makes of a silent connection.
#include "core/query/tracking.h"
#include "ui/details/facts.h"
#include "ui/look/duration_text.h"
#include "ui/look/sentence.h"
#include "ui/look/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>

namespace halfopen {

namespace {

struct TrackingFact {
    Q_DECLARE_TR_FUNCTIONS(TrackingFact)
};

/// What keepalive makes of it, as far as its options are known.
QString probeSentence(const KeepaliveOptions& options, std::int32_t timeout) {
    const QString idle = durationText(std::chrono::seconds(options.idleSeconds));
    switch (raceOf(options, timeout)) {
    case TrackingRace::NotKnown:
        break;
    case TrackingRace::TooLate:
        return TrackingFact::tr("No probe goes out before that: both ends would go on believing that it is open.");
    case TrackingRace::IfByDefault:
        return TrackingFact::tr("If its idle time is the system's, its first probe goes out before that, after %1.")
            .arg(idle);
    case TrackingRace::InTime:
        return TrackingFact::tr("Its first probe goes out before that, after %1.").arg(idle);
    }
    return TrackingFact::tr("Whether probes go out is not known.");
}

QString raceSentence(const Forecast& forecast, std::chrono::milliseconds left) {
    switch (raceOf(forecast, left)) {
    case FlowRace::Ends:
        return {};
    case FlowRace::Nothing:
        break;
    case FlowRace::TooLate:
        return TrackingFact::tr("What goes out next comes too late: both ends would go on believing that it is open.");
    case FlowRace::Close:
        return TrackingFact::tr("What goes out next may come too late.");
    case FlowRace::InTime:
        return TrackingFact::tr("What goes out next comes before that.");
    }
    return TrackingFact::tr("Nothing is to go out before that: both ends would go on believing that it is open.");
}

/// What the kernel holds of its flow, counted down from when it told it.
Fact flowFact(const TrackedFlow& flow, const Subject& subject, MonotonicTime now) {
    const Row& row = *subject.row;
    const Millis left = saturate(*flow.left);
    const QString when = countdownSentence({left, left, left}, flow.asked, now);
    const QString where = flow.netnsIndex == row.connection.netnsIndex
                              ? TrackingFact::tr("Connection tracking")
                              : TrackingFact::tr("Connection tracking of the machine");
    QString text = TrackingFact::tr("It holds it as %1 and forgets it %2 without a packet.")
                       .arg(fromCore(trackedStateName(flow.state)), when);
    if (flow.translated)
        text = inOneLine(text, TrackingFact::tr("It translates its addresses (NAT)."));
    return {where, text, raceSentence(row.forecast, forgottenAfter(flow, *subject.frame, row))};
}

} // namespace

std::optional<Fact> trackingFact(const Subject& subject, MonotonicTime now) {
    const Row& row = *subject.row;
    const auto flows = trackedFlowsOf(*subject.frame, row);
    if (const TrackedFlow* const first = firstForgotten(flows))
        return flowFact(*first, subject, now);
    const auto timeout = trackingTimeout(*subject.frame, row);
    if (!timeout)
        return std::nullopt;
    const QString forgotten = durationText(std::chrono::seconds(timeout->seconds));
    QString race = probeSentence(row.options, timeout->seconds);
    if (timeout->service)
        return Fact{TrackingFact::tr("IPVS"),
                    TrackingFact::tr("Its peer is a virtual service of this machine, which forgets it after %1 without "
                                     "a packet.")
                        .arg(forgotten),
                    race};
    if (isTrackedNowhere(flows))
        return Fact{TrackingFact::tr("Connection tracking"),
                    TrackingFact::tr("It is on, and holds nothing of this connection: it forgets nothing."),
                    {}};
    if (std::ranges::any_of(flows,
                            [](const TrackedFlow& flow) { return flow.answer == TrackedFlow::Answer::NotPermitted; }))
        race = inOneLine(race, TrackingFact::tr("How long is left of that is told to an administrator only."));
    return Fact{
        TrackingFact::tr("Connection tracking"),
        TrackingFact::tr("Where this machine tracks it, it forgets it after %1 without a packet.").arg(forgotten),
        race};
}

} // namespace halfopen
