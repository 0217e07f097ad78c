// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/grades/event_time.h"
#include "core/grades/grader.h"
#include "core/grades/sightings.h"

#include <algorithm>

namespace halfopen {

namespace {

const Connection& lastOf(const Grader::End& end) {
    return end.last.connection;
}

/// The event comes when the socket is freed: at its end where no program holds it, and otherwise when its program
/// closes it, which is at once or much later; where the kernel tells the end itself, that is when it came.
Came whenEnded(const Promise& promise, const Grader::End& end) {
    Came came{lastOf(end).sampled, end.missed};
    if (end.event == nullptr)
        return came;
    const MonotonicTime freed = end.event->connection.sampled;
    came.latest = std::max(came.earliest, std::min(came.latest, freed));
    const bool free = lastOf(end).inode == 0 && !lastOf(end).isMini();
    const bool atOnce = end.event->what == DestroyEvent::What::Ended;
    if (freed <= end.missed && (atOnce || free || meets(promise, {freed, freed})))
        came.earliest = came.latest;
    return came;
}

/// Probes or retransmissions after the last sample, as the event counts them.
int sentSince(const Grader::End& end) {
    if (end.event == nullptr || end.disconnected)
        return 0;
    const TcpInfo& info = end.event->connection.info;
    const int last = lastOf(end).timer.retransmits;
    const bool probes = lastOf(end).timer.kind() != TimerKind::Retransmit;
    return std::max(0, (probes ? info.probes : info.retransmits) - last);
}

/// Counted since the last sample; nullopt where nothing counts.
std::optional<bool> somethingArrived(const Grader::End& end) {
    if (end.event == nullptr || end.disconnected || !lastOf(end).info.hasSegments())
        return std::nullopt;
    return end.event->connection.info.segmentsIn != lastOf(end).info.segmentsIn;
}

Sightings seenAtEnd(const Promise& promise, const Grader::End& end, const Came& came) {
    Sightings seen = promise.seen;
    seen.add(sightingsOf(promise.conditions, end.last.forecast.conditions));
    if (end.askedFor)
        seen.add(Sighting::AskedFor);
    if (somethingArrived(end).value_or(false))
        seen.add(Sighting::PeerAnswered);
    if (end.listenerGone)
        seen.add(Sighting::ListenerClosed);
    if (!timerWasDue(end.last, came.latest, sentSince(end)))
        seen.add(Sighting::ClosedBySomebody);
    return {seen.bits & excusesOf(promise.assumes, end.last.forecast.regime).bits};
}

/// The kernel's own counters say that nothing arrived and nobody closed it: so it was the timer, and too early.
bool isDecided(const Grader::End& end, const Came& came, const Promise& promise) {
    const bool late = came.earliest > promise.latest;
    return late || somethingArrived(end) == false;
}

/// 0 where a point was told.
std::chrono::milliseconds bandOf(const Promise& promise) {
    return promise.point || promise.latest == MonotonicTime::max()
               ? std::chrono::milliseconds(0)
               : std::chrono::round<std::chrono::milliseconds>(promise.latest - promise.earliest);
}

} // namespace

EndGrade Grader::end(const Promise& made, const End& end) {
    Promise promise = made;
    // A point takes more for granted than its band.
    promise.point = made.point && (made.earliest == made.latest ||
                                   (made.seen.bits & excusesOf(made.assumes, end.last.forecast.regime).bits) == 0);
    const Came came = whenEnded(promise, end);
    EndGrade grade;
    grade.measured = came.measured();
    grade.lead = std::chrono::round<std::chrono::milliseconds>(came.latest - promise.made);
    grade.band = bandOf(promise);
    const auto error = errorOf(promise, came);
    grade.error = std::chrono::round<std::chrono::microseconds>(error);

    grade.seen = seenAtEnd(promise, end, came);
    const bool met = meets(promise, came);
    // While it stood something came that changed nothing: what was forecast is what happened.
    const bool overtaken = (grade.seen.bits & ~promise.seen.bits) != 0 || (!met && !grade.seen.empty());
    if (overtaken) {
        if (end.last.forecast.unanswered == 0)
            return {};
        grade.grade = Grade::Excused;
        ++m_totals.excused;
    } else if (met) {
        grade.grade = Grade::Kept;
        keep(GradedEvent::GiveUp, promise, came);
    } else if (!isDecided(end, came, promise)) {
        return {};
    } else if (restsOnUnreadLimits(promise.assumes)) {
        grade.grade = Grade::Excused;
        grade.seen.add(Sighting::ValueDiffered);
        ++m_totals.excused;
    } else {
        grade.grade = Grade::Broken;
        breaks(GradedEvent::GiveUp, {.promise = promise,
                                     .ofTheEnd = true,
                                     .promising = end.last,
                                     .event = end.event,
                                     .came = came,
                                     .error = error,
                                     .seen = grade.seen,
                                     .netns = *m_netns});
    }
    return grade;
}

} // namespace halfopen
