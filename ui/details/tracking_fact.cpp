// SPDX-License-Identifier: GPL-3.0-or-later
// What the connection tracking of this machine makes of a silent connection.
#include "ui/details/facts.h"
#include "ui/look/duration_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>

namespace halfopen {

namespace {

struct TrackingFact {
    Q_DECLARE_TR_FUNCTIONS(TrackingFact)
};

/// Of the connection's namespace and of the own one, which what leaves a container passes through: the shorter one, s.
std::optional<std::int32_t> timeoutOf(const Frame& frame, const Row& row) {
    std::optional<std::int32_t> shortest;
    for (const NetnsContext* netns : {&frame.netnsOf(row), frame.namespaces.front().get()})
        if (netns->tracking && netns->tracking->flows > 0)
            shortest = std::min(shortest.value_or(netns->tracking->established), netns->tracking->established);
    return shortest;
}

/// What keepalive makes of it, as far as its options are known.
QString probeSentence(const KeepaliveOptions& options, std::int32_t timeout) {
    if (options.enabled == Switch::Unknown)
        return TrackingFact::tr("Whether probes go out is not known.");
    if (options.enabled == Switch::Off || options.idleSeconds >= timeout)
        return TrackingFact::tr("No probe goes out before that: both ends would go on believing that it is open.");
    const QString idle = durationText(std::chrono::seconds(options.idleSeconds));
    return options.idleFrom > Provenance::Derived
               ? TrackingFact::tr("If its idle time is the system's, its first probe goes out before that, after %1.")
                     .arg(idle)
               : TrackingFact::tr("Its first probe goes out before that, after %1.").arg(idle);
}

} // namespace

std::optional<Fact> trackingFact(const Subject& subject) {
    const Row& row = *subject.row;
    const auto timeout = timeoutOf(*subject.frame, row);
    if (!timeout || row.connection.state != State::Established)
        return std::nullopt;
    const QString forgotten = durationText(std::chrono::seconds(*timeout));
    return Fact{
        TrackingFact::tr("Connection tracking"),
        TrackingFact::tr("Where this machine tracks it, it forgets it after %1 without a packet.").arg(forgotten),
        probeSentence(row.options, *timeout)};
}

} // namespace halfopen
