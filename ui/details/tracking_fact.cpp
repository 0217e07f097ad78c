// SPDX-License-Identifier: GPL-3.0-or-later
// What the connection tracking of this machine makes of a silent connection.
#include "core/format/tracking_text.h"
#include "core/query/tracking.h"
#include "ui/details/facts.h"
#include "ui/look/duration_text.h"
#include "ui/look/sentence.h"
#include "ui/look/text.h"
#include "ui/look/translated.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>

namespace halfopen {

namespace {

struct TrackingFact {
    Q_DECLARE_TR_FUNCTIONS(TrackingFact)
};

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
    return {where, text, translated(raceSentence(row.forecast, forgottenAfter(flow, *subject.frame, row)))};
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
    QString race = translated(raceSentence(row.options, timeout->seconds));
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
