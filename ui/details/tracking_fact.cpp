// SPDX-License-Identifier: GPL-3.0-or-later
// What the connection tracking of this machine makes of a silent connection.
#include "core/query/tracking.h"
#include "ui/details/facts.h"
#include "ui/look/duration_text.h"

#include <QCoreApplication>

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

} // namespace

std::optional<Fact> trackingFact(const Subject& subject) {
    const Row& row = *subject.row;
    const auto timeout = trackingTimeout(*subject.frame, row);
    if (!timeout)
        return std::nullopt;
    const QString forgotten = durationText(std::chrono::seconds(*timeout));
    return Fact{
        TrackingFact::tr("Connection tracking"),
        TrackingFact::tr("Where this machine tracks it, it forgets it after %1 without a packet.").arg(forgotten),
        probeSentence(row.options, *timeout)};
}

} // namespace halfopen
