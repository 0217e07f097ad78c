// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/promises/grader.h"

#include "core/model/grade.h"
#include "tests/lab/promises/facts.h"
#include "tests/lab/promises/sense.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace halfopen::promises {

namespace {

using namespace std::chrono_literals;

constexpr double kAllowed = 60;            // ms
constexpr double kStampLate = 10;          // ms
constexpr double kGranulePart = 1.0 / 7.8; // of an interval, at most: kernel/time/timer.c, LVL_GRAN against LVL_START

MonotonicTime earlier(MonotonicTime time, double by) {
    return time - std::chrono::duration_cast<MonotonicClock::duration>(std::chrono::duration<double, std::milli>(by));
}

/// Between what an event is known to have happened.
struct Seen {
    MonotonicTime low{};
    MonotonicTime high{};
};

using Nanos = std::chrono::duration<double, std::nano>;

double ms(Nanos time) {
    return std::chrono::duration<double, std::milli>(time).count();
}

class Grader {
public:
    Grader(const Story& story, const test::Lateness& lateness)
        : m_story(story)
        , m_lateness(lateness)
        , m_facts(story) {
        for (const auto& row : story.samples)
            m_longestRung =
                std::max({m_longestRung, 2.0 * row.connection.info.rtoUs / 1000, 1000.0 * row.options.intervalSeconds});
        noteLateHandlers();
    }

    std::vector<GradedPromise> all() {
        for (std::size_t i = 0; i < m_story.samples.size(); ++i) {
            gradeSense(i);
            gradeNext(i);
            gradeEnd(i);
        }
        gradeExpectations();
        return std::move(m_promises);
    }

private:
    const Row& row(std::size_t i) const { return m_story.samples[i]; }
    MonotonicTime sampled(std::size_t i) const { return row(i).connection.sampled; }

    void add(std::size_t i, Subject subject, Grade grade, std::string why = {}) {
        m_promises.push_back({i, subject, grade, std::move(why)});
    }

    /// Handlers whose packet came later than the sample before them told to the tick, or while this machine was late
    /// for everybody: such a one may have armed its next timer a tick later though its packet went out in time.
    void noteLateHandlers() {
        for (const auto& packet : m_story.wire)
            if (packet.outgoing && ms(m_lateness.worst(packet.at - 20ms, packet.at)) >= m_story.tick)
                m_lateHandlers.push_back(packet.at);
        for (std::size_t i = 0; i + 1 < m_story.samples.size(); ++i) {
            const auto& forecast = row(i).forecast;
            const auto out = m_facts.nextOut(sampled(i));
            if (!out || *out > sampled(i + 1) || !forecast.next.exact() || forecast.nextEvent == NextEvent::None)
                continue;
            if (ms(*out - sampled(i)) - forecast.next.expected.count() > 0.6 * m_story.tick)
                m_lateHandlers.push_back(*out);
        }
    }

    /// What the kernel tries leaves no segment.
    bool nothingLeaves(std::size_t i) const {
        const auto& holds = row(i).forecast.conditions;
        return holds.has(Condition::LocalDrop) || holds.has(Condition::LocalRefuse) ||
               holds.has(Condition::NotLeaving) || holds.has(Condition::UnreachableNeighbour);
    }

    /// What handlers that ran late may have added to the chain of what was forecast at a sample: a granule for each
    /// timer that was armed after that, and another round where that made it miss a limit of time.
    double slip(std::size_t i, MonotonicTime to) const {
        const bool late = std::any_of(m_lateHandlers.begin(), m_lateHandlers.end(),
                                      [&](MonotonicTime at) { return at > sampled(i) && at <= to; });
        if (!late && !(nothingLeaves(i) && ms(m_lateness.worst(sampled(i), to)) >= m_story.tick))
            return 0;
        const auto cause = row(i).forecast.cause;
        const bool counted =
            cause == GiveUpCause::Keepalive || cause == GiveUpCause::SynAckRetries || cause == GiveUpCause::WindowProbe;
        return kGranulePart * ms(to - sampled(i)) + (counted ? 0 : m_longestRung);
    }

    bool fits(std::size_t i, const Moment& moment, const Seen& seen) const {
        const double slack = kAllowed + ms(m_lateness.worst(sampled(i), seen.high)) + ms(m_story.doubts[i]);
        return ms(seen.high - sampled(i)) >= moment.earliest.count() - slack &&
               ms(seen.low - sampled(i)) <= moment.latest.count() + slack;
    }

    void compare(std::size_t i, Subject subject, const Moment& moment, const Seen& seen) {
        GradedPromise promise{i, subject};
        const double low = ms(seen.low - sampled(i));
        const double high = ms(seen.high - sampled(i));
        promise.timeLeft = (low + high) / 2;
        promise.width = static_cast<double>(moment.latest.count()) - moment.earliest.count();
        promise.error = std::clamp<double>(moment.expected.count(), low, high) - moment.expected.count();
        if (fits(i, moment, seen)) {
            promise.grade = Grade::Kept;
        } else if (auto excuse = m_facts.between(i, row(i).forecast.assumes, seen.high)) {
            promise.grade = Grade::Excused;
            promise.why = *excuse;
        } else if (low > moment.latest.count() && fits(i, moment, {earlier(seen.low, slip(i, seen.high)), seen.high})) {
            promise.grade = Grade::Late;
        } else {
            promise.grade = Grade::Broken;
            promise.why = fmt::format("came at {:.0f}..{:.0f} ms", low, high);
        }
        m_promises.push_back(std::move(promise));
    }

    /// Nothing came while one looked.
    void missed(std::size_t i, Subject subject, const Moment& moment) {
        const bool byWire = subject != Subject::Next || !row(i).forecast.conditions.has(Condition::LocalDrop);
        const double watched = ms((byWire ? m_story.until : m_story.samples.back().connection.sampled) - sampled(i));
        if (watched <= moment.latest.count() + kAllowed + slip(i, m_story.until)) {
            add(i, subject, Grade::Open);
        } else if (auto excuse = m_facts.between(i, row(i).forecast.assumes, m_story.until)) {
            add(i, subject, Grade::Excused, *excuse);
        } else {
            add(i, subject, Grade::Broken, fmt::format("had not come after {:.0f} ms", watched));
        }
    }

    void gradeEnd(std::size_t i) {
        const auto& forecast = row(i).forecast;
        if (forecast.never)
            gradeNever(i);
        else if (forecast.cause != GiveUpCause::None && m_story.ending)
            compare(i, Subject::End, forecast.givesUp, {m_story.ending->low, m_story.ending->high});
        else if (forecast.cause != GiveUpCause::None)
            missed(i, Subject::End, forecast.givesUp);
    }

    void gradeNever(std::size_t i) {
        if (!m_story.ending)
            add(i, Subject::Never, Grade::Kept);
        else if (auto excuse = m_facts.between(i, row(i).forecast.assumes, m_story.ending->high))
            add(i, Subject::Never, Grade::Excused, *excuse);
        else
            add(i, Subject::Never, Grade::Broken,
                fmt::format("ended after {:.0f} ms", ms(m_story.ending->high - sampled(i))));
    }

    /// Between two samples the kernel tried something, though no segment need have left: its counters moved, or its
    /// timer was armed again where that is all that a try leaves behind.
    bool tried(const Row& before, const Row& after) const {
        const auto expiry = [](const Row& row) { return row.connection.sampled + row.connection.timer.expires; };
        return after.connection.timer.retransmits != before.connection.timer.retransmits ||
               after.connection.info.backoff != before.connection.info.backoff ||
               (before.forecast.conditions.has(Condition::LocalDrop) && expiry(after) > expiry(before) + 100ms);
    }

    /// What leaves no segment shows in a later sample alone: where the end came before one, nobody saw whether the try
    /// came.
    bool cameUnseen(std::size_t i, const Seen& seen) const {
        const auto& forecast = row(i).forecast;
        const auto due = sampled(i) + forecast.next.earliest;
        return nothingLeaves(i) && m_story.ending && seen.high == m_story.ending->high && due < seen.high &&
               sampled(m_story.samples.size() - 1) < sampled(i) + forecast.next.latest + 60ms;
    }

    /// When the kernel is known to have done the next thing: a segment left, or it tried though none did.
    std::optional<Seen> nextThing(std::size_t i) const {
        std::optional<Seen> seen;
        const bool probes = row(i).forecast.nextEvent == NextEvent::KeepaliveProbe;
        if (const auto out = probes ? m_facts.nextUnasked(sampled(i)) : m_facts.nextOut(sampled(i)))
            seen = {*out, *out};
        for (auto k = i; k + 1 < m_story.samples.size(); ++k) {
            if (seen && seen->high <= sampled(k + 1))
                break;
            if (tried(row(k), row(k + 1))) {
                seen = {sampled(k), sampled(k + 1)};
                break;
            }
        }
        if (m_story.ending && (!seen || m_story.ending->high < seen->low))
            seen = {m_story.ending->low, m_story.ending->high};
        return seen;
    }

    void gradeNext(std::size_t i) {
        const auto& forecast = row(i).forecast;
        if (forecast.nextEvent == NextEvent::None || forecast.nextEvent == NextEvent::GiveUp)
            return; // an end is graded as such
        // What the kernel told may be a little older than its stamp.
        const auto hairBefore = m_facts.nextOut(earlier(sampled(i), kStampLate));
        const auto seen = nextThing(i);
        if (hairBefore && *hairBefore <= sampled(i) && fits(i, forecast.next, {*hairBefore, *hairBefore}) &&
            !(seen && fits(i, forecast.next, *seen)))
            compare(i, Subject::Next, forecast.next, {*hairBefore, *hairBefore});
        else if (seen && !fits(i, forecast.next, *seen) && cameUnseen(i, *seen))
            add(i, Subject::Next, Grade::Open);
        else if (seen)
            compare(i, Subject::Next, forecast.next, *seen);
        else
            missed(i, Subject::Next, forecast.next);
    }

    void gradeSense(std::size_t i) {
        for (auto& why : contradictions(row(i)))
            add(i, Subject::Sense, Grade::Broken, std::move(why));
    }

    void gradeExpectations() {
        for (const auto& expectation : m_story.expectations) {
            auto why = expectation(m_story);
            const auto grade = why.empty() ? Grade::Kept : Grade::Broken;
            add(m_story.samples.empty() ? 0 : m_story.samples.size() - 1, Subject::Sense, grade, std::move(why));
        }
    }

    const Story& m_story;
    const test::Lateness& m_lateness;
    Facts m_facts;
    std::vector<MonotonicTime> m_lateHandlers;
    double m_longestRung = 0;
    std::vector<GradedPromise> m_promises;
};

} // namespace

const char* toString(Subject subject) {
    constexpr const char* kNames[] = {"next", "end", "never", "sense"};
    return kNames[static_cast<std::size_t>(subject)];
}

std::vector<GradedPromise> grade(const Story& story, const test::Lateness& lateness) {
    return Grader(story, lateness).all();
}

} // namespace halfopen::promises
