// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/grades/grader.h"
#include "core/model/row.h"
#include "tests/core/forecast/samples.h"

#include <chrono>
#include <cstdint>
#include <optional>

namespace halfopen::test {

using std::chrono::milliseconds;

/// A network namespace of a machine with this tick.
inline NetnsContextPtr netnsWith(const TickClock& clock, const TcpSysctls& sysctls = {}, NetnsId inode = 1) {
    const HostContext host{.clock = clock};
    return std::make_shared<const NetnsContext>(
        NetnsContext{.host = std::make_shared<const HostContext>(host), .netns = inode, .sysctls = sysctls});
}

/// A socket in the namespace that netnsWith() makes.
inline SocketKey keyOf(std::uint64_t cookie, NetnsId inode = 1) {
    return {cookie, inode};
}

/// One connection, sample by sample, as a frame builder would hand it to a grader. Moments are ms from the beginning,
/// which is a tick of HZ 250 with its phase known.
class Story {
public:
    static constexpr MonotonicTime kBegin{std::chrono::seconds(10'000)};

    explicit Story(TickClock clock = {250, 0})
        : m_clock(clock) {
        grader.beginSample(netnsWith(m_clock), false, kBegin - std::chrono::hours(1));
    }

    static MonotonicTime at(double ms) {
        return kBegin + std::chrono::round<std::chrono::nanoseconds>(std::chrono::duration<double, std::milli>(ms));
    }

    /// What a sample at this moment shows; it is compared with the one before.
    const Row& see(double ms, samples::Sample sample) {
        const bool changed = !(m_sysctls == sample.sysctls);
        m_sysctls = sample.sysctls;
        grader.beginSample(netnsWith(m_clock, m_sysctls), changed, kBegin - std::chrono::hours(1));
        Row row;
        row.connection = sample.connection;
        row.connection.cookie = 7;
        row.connection.sampled = at(ms);
        row.options = sample.options;
        row.forecast = forecast(row.connection, row.options, sample.sysctls, m_clock, sample.around);
        row.forecast.conditions.add(holding);
        row.firstSeenTenths = 0;
        if (m_last)
            grader.compare(*m_last, row);
        m_last = row;
        return *m_last;
    }

    /// It is gone: missed by a dump that ended then.
    EndGrade gone(double missedMs, std::optional<DestroyEvent> event = std::nullopt, bool asked = false) {
        const auto promise = grader.leave(*m_last);
        if (!promise)
            return {};
        return grader.end(*promise, {.last = {m_last->connection, m_last->options, m_last->forecast},
                                     .event = event ? &*event : nullptr,
                                     .missed = at(missedMs),
                                     .askedFor = asked});
    }

    /// Its destroy event: the counters of the last sample, `segments` later.
    DestroyEvent destroyed(double ms, int segments = 0) const {
        DestroyEvent event{.connection = m_last->connection};
        event.connection.state = State::Close;
        event.connection.inode = 0;
        event.connection.sampled = at(ms);
        event.connection.info.segmentsIn = static_cast<std::uint16_t>(event.connection.info.segmentsIn + segments);
        return event;
    }

    const Row& last() const { return *m_last; }
    ForecastTotals totals() const { return grader.totals(); }
    /// When the last sample expects it, ms from the beginning.
    double next() const { return promised(m_last->forecast.next); }
    double end() const { return promised(m_last->forecast.givesUp); }
    double latestEnd() const { return sampled() + m_last->forecast.givesUp.latest.count(); }

    Grader grader{{"6.18.0", "0.1.0"}};
    Conditions holding; ///< added to what the next samples show

private:
    double sampled() const {
        return std::chrono::duration<double, std::milli>(m_last->connection.sampled - kBegin).count();
    }
    double promised(const Moment& moment) const { return sampled() + moment.expected.count(); }

    TickClock m_clock;
    TcpSysctls m_sysctls;
    std::optional<Row> m_last;
};

/// "1 kept 0 excused 0 broken"
inline std::string counts(const ForecastTotals& totals) {
    return std::to_string(totals.kept) + " kept " + std::to_string(totals.excused) + " excused " +
           std::to_string(totals.broken) + " broken";
}

} // namespace halfopen::test
