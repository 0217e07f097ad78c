// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/grades/grader.h"

#include "core/grades/event_time.h"
#include "core/grades/sightings.h"
#include "core/model/row.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace halfopen {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t kMostBroken = 256;

// The promise of a quiet connection is written down once the connection has been seen for so long: most never come
// that far.
constexpr milliseconds kQuietFor{10'000};

/// What comes between where nothing is wrong: the connection is used.
constexpr Sightings kUse{Sightings::bit(Sighting::PeerAnswered) | Sightings::bit(Sighting::ProgramSent) |
                         Sightings::bit(Sighting::ProgramClosed) | Sightings::bit(Sighting::OptionsChanged)};

Look lookOf(const Row& row) {
    return {row.connection, row.options, row.forecast};
}

Sightings both(Sightings a, Sightings b) {
    return {a.bits & b.bits};
}

/// It had stayed unanswered, so that a person was told of an end; or something uncommon came between.
bool countsAsExcused(const Forecast& forecast, Sightings excusing) {
    return forecast.unanswered > 0 || (excusing.bits & ~kUse.bits) != 0;
}

GradedEvent eventOf(const Forecast& forecast) {
    return forecast.nextEvent == NextEvent::KeepaliveProbe ? GradedEvent::KeepaliveProbe : GradedEvent::Retransmission;
}

Promise endOf(const Look& look) {
    return endPromise(look.forecast, look.connection.sampled);
}

/// Both tell the same end, but for the ticks that a sample's stamp can be off.
bool saysTheSame(const Row& before, const Row& now, const TickClock& clock) {
    const auto slack = std::chrono::nanoseconds(2 * clock.tickNanos()) + milliseconds(1);
    const auto passed = now.connection.sampled - before.connection.sampled;
    const auto near = [&](Millis then, Millis later) {
        const auto moved = milliseconds(later.count()) + passed - milliseconds(then.count());
        return moved <= slack && moved >= -slack;
    };
    const Moment& then = before.forecast.givesUp;
    const Moment& later = now.forecast.givesUp;
    return near(then.earliest, later.earliest) && near(then.latest, later.latest);
}

bool isNotDueYet(const Look& before, const Look& now) {
    const auto latest = milliseconds(before.forecast.next.latest.count());
    return now.connection.sampled <= before.connection.sampled + latest + kGradeAllowance;
}

Came nowAtTheEarliest(const Look& now) {
    return {now.connection.sampled, MonotonicTime::max()};
}

} // namespace

void Grader::beginSample(NetnsContextPtr netns, bool settingsChanged, MonotonicTime origin) {
    m_netns = std::move(netns);
    m_settingsChanged = settingsChanged;
    m_origin = origin;
}

/// Where cookies are counted in each namespace, two sockets have the same one.
PromiseBook& Grader::bookOf(const Connection& connection) {
    if (m_books.size() <= connection.netnsIndex)
        m_books.resize(connection.netnsIndex + std::size_t{1});
    return m_books[connection.netnsIndex];
}

void Grader::compare(const Row& before, Row& now) {
    const Forecast& then = before.forecast;
    const bool promised = then.cause != GiveUpCause::None;
    if ((!promised && then.nextEvent == NextEvent::None) || before.change == Change::Closed)
        return;
    Sightings seen = sightingsBetween(lookOf(before), lookOf(now));
    if (m_settingsChanged)
        seen.add(Sighting::OptionsChanged);
    const bool sends = then.nextEvent != NextEvent::None && then.nextEvent != NextEvent::GiveUp;
    const bool counted = sends && gradeNext(lookOf(before), lookOf(now), seen);
    if (promised)
        gradeEnd(before, now, seen, counted);
}

bool Grader::gradeNext(const Look& before, const Look& now, Sightings seen) {
    const int times = timesHappened(before, now);
    if (times == 0 && seen.empty() && isNotDueYet(before, now))
        return false;
    const Sightings excusing = both(seen, excusesOf(before.forecast.assumes, before.forecast.regime));
    if (times > 0)
        return gradeNext(before, now,
                         whenHappened(before, now, times, milliseconds(m_netns->sysctls.rtoMaxMs), clock()), excusing);
    const Promise promise = nextPromise(before.forecast, before.connection.sampled);
    if (const auto came = whenAnswered(before, now, clock())) {
        if (meets(promise, *came)) // else it is no answer to this probe
            keep(eventOf(before.forecast), promise, *came);
        return false;
    }
    const Came missing = nowAtTheEarliest(now);
    if (meets(promise, missing)) // not due yet
        return false;
    if (!excusing.empty())
        return excuse(before.forecast, excusing);
    if (before.connection.timer.kind() != now.connection.timer.kind())
        return false; // the two samples show two different things, and nothing of why
    breaks(eventOf(before.forecast), {.promise = promise,
                                      .promising = before,
                                      .breaking = &now,
                                      .came = std::nullopt,
                                      .error = errorOf(promise, missing),
                                      .seen = excusing,
                                      .netns = *m_netns});
    return true;
}

bool Grader::gradeNext(const Look& before, const Look& now, const Came& came, Sightings excusing) {
    const Promise promise = nextPromise(before.forecast, before.connection.sampled);
    if (!excusing.empty()) // sent again for another reason, perhaps
        return !meets(promise, came) && excuse(before.forecast, excusing);
    if (meets(promise, came)) {
        keep(eventOf(before.forecast), promise, came);
        return false;
    }
    // A SYN-ACK that goes out while its timer is not due answers a SYN that came again (tcp_check_req()).
    const bool repeatedSyn = before.forecast.nextEvent == NextEvent::SynAck &&
                             (before.forecast.assumes & (assume::ListenerIdle | assume::PeerSilent)) != 0 &&
                             !timerWasDue(before, came.latest, 0);
    if (repeatedSyn) {
        ++m_totals.excused;
        return true;
    }
    breaks(eventOf(before.forecast), {.promise = promise,
                                      .promising = before,
                                      .breaking = &now,
                                      .came = came,
                                      .error = errorOf(promise, came),
                                      .seen = excusing,
                                      .netns = *m_netns});
    return true;
}

void Grader::gradeEnd(const Row& before, Row& now, Sightings seen, bool counted) {
    const Look last = lookOf(before);
    const Look look = lookOf(now);
    const bool promisesAgain = now.forecast.cause != GiveUpCause::None;
    if (promisesAgain && seen.empty() && saysTheSame(before, now, clock())) { // as nearly always: no look into the book
        if (before.promiseBooked)
            now.promiseBooked = true;
        else
            write(endOf(last), before, now);
        return;
    }
    PromiseBook& book = bookOf(before.connection);
    Promise promise = before.promiseBooked ? book.find(before.connection.cookie).value_or(endOf(last)) : endOf(last);
    const bool stands = promisesAgain ? !contradict(promise, endOf(look))
                                      : !now.forecast.never && meets(promise, nowAtTheEarliest(look));
    if (stands && promisesAgain) {
        if (before.promiseBooked && !seen.empty())
            book.note(before.connection.cookie, seen);
        if (before.promiseBooked) {
            now.promiseBooked = true;
        } else {
            promise.seen.add(seen);
            write(promise, before, now);
        }
        return;
    }
    if (before.promiseBooked)
        book.erase(before.connection.cookie);
    if (stands || counted) // another timer hides what becomes of it; or that is why, and told already
        return;
    seen.add(promise.seen);
    seen.add(sightingsOf(promise.conditions, now.forecast.conditions));
    const Sightings excusing = both(seen, excusesOf(promise.assumes, before.forecast.regime));
    if (!excusing.empty()) {
        excuse(before.forecast, excusing);
        return;
    }
    if (restsOnUnreadLimits(promise.assumes)) {
        ++m_totals.excused;
        return;
    }
    const Promise later = promisesAgain ? endOf(look) : Promise{};
    const Came instead = promisesAgain ? Came{later.earliest, later.latest} : nowAtTheEarliest(look);
    breaks(GradedEvent::GiveUp, {.promise = promise,
                                 .ofTheEnd = true,
                                 .promising = last,
                                 .breaking = &look,
                                 .came = std::nullopt,
                                 .error = errorOf(promise, instead),
                                 .seen = seen,
                                 .netns = *m_netns});
}

/// What stays unanswered is worth a line at once.
void Grader::write(const Promise& promise, const Row& before, Row& now) {
    const bool quiet = before.forecast.unanswered == 0 && before.forecast.regime == Regime::Keepalive;
    const auto firstSeen = m_origin + milliseconds(before.firstSeenTenths * std::int64_t{100});
    if (now.connection.cookie == 0 || (quiet && now.connection.sampled - firstSeen < kQuietFor))
        return;
    bookOf(now.connection).put(now.connection.cookie, promise);
    now.promiseBooked = true;
}

std::optional<Promise> Grader::leave(const Row& last) {
    PromiseBook& book = bookOf(last.connection);
    auto promise = book.find(last.connection.cookie);
    book.erase(last.connection.cookie);
    if (!promise && last.forecast.cause != GiveUpCause::None)
        promise = endOf(lookOf(last));
    return promise;
}

void Grader::addError(GradedEvent event, std::chrono::nanoseconds error) {
    ForecastErrors& errors = m_totals.errors[static_cast<std::size_t>(event)];
    const double seconds = std::abs(std::chrono::duration<double>(error).count());
    const auto bound = std::ranges::lower_bound(ForecastErrors::kBounds, seconds);
    ++errors.counts[static_cast<std::size_t>(std::distance(ForecastErrors::kBounds.begin(), bound))];
    errors.sumSeconds += seconds;
}

void Grader::keep(GradedEvent event, const Promise& promise, const Came& came) {
    ++m_totals.kept;
    addError(event, errorOf(promise, came));
    if (promise.point && came.measured())
        m_errors.add(errorOf(promise, came));
}

/// What only the use of the connection has overtaken is not counted.
bool Grader::excuse(const Forecast& forecast, Sightings excusing) {
    const bool counts = countsAsExcused(forecast, excusing);
    m_totals.excused += counts;
    return counts;
}

void Grader::breaks(GradedEvent event, const BrokenFacts& facts) {
    ++m_totals.broken;
    ++m_totals.errors[static_cast<std::size_t>(event)].outsideBand;
    addError(event, facts.error);
    m_errors.add(facts.error);
    const SocketKey socket = keyIn(facts.netns, facts.promising.connection.cookie);
    if (m_broken.size() >= kMostBroken && !m_broken.contains(socket))
        m_broken.erase(std::ranges::min_element(m_broken, {}, [](const auto& one) { return one.second.number; }));
    m_broken.insert_or_assign(socket, Kept{reportOf(facts, m_versions), m_totals.broken});
}

std::vector<BrokenPromisePtr> Grader::allBroken() const {
    std::vector<Kept> kept;
    kept.reserve(m_broken.size());
    for (const auto& [socket, broken] : m_broken)
        kept.push_back(broken);
    std::ranges::sort(kept, {}, &Kept::number);
    std::vector<BrokenPromisePtr> all;
    all.reserve(kept.size());
    std::ranges::transform(kept, std::back_inserter(all), &Kept::report);
    return all;
}

ForecastTotals Grader::totals() const {
    ForecastTotals totals = m_totals;
    totals.graded = totals.kept + totals.excused + totals.broken;
    totals.medianErrorMs = m_errors.medianMs();
    totals.worstErrorMs = m_errors.worstMs();
    return totals;
}

BrokenPromisePtr Grader::broken(const SocketKey& socket) const {
    const auto found = m_broken.find(socket);
    return found == m_broken.end() ? nullptr : found->second.report;
}

} // namespace halfopen
