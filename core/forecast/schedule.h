// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/forecast/wheel.h"
#include "core/model/forecast.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace halfopen {

/// One event of a schedule, in jiffies from the sample.
struct ScheduledEvent {
    NextEvent event = NextEvent::None;
    Span at;
};

/// What happens to a silent connection, told by a regime step by step: events on the wire, then its end. forecast() and
/// timeline() read the same schedule, so they cannot disagree.
///
/// Where the phase is not known a handler runs somewhere in a span, and a time limit can fall into it: some of the
/// possible runs then end the connection and the others go on. A schedule follows the expected run and keeps the bounds
/// of all of them.
class Schedule {
public:
    Schedule() = default;
    /// @param log   every event is appended to it, up to `most`; must outlive the schedule
    Schedule(std::vector<ScheduledEvent>& log, std::size_t most)
        : m_log(&log)
        , m_most(most) {}

    /// The handler sends something.
    void happens(NextEvent event, const Firing& firing) {
        if (ended())
            return;
        if (m_count > 0 && m_log == nullptr)
            ++m_count;
        else
            note(event, firing.at);
    }

    /// The handler sends something `count` times, `step` jiffies apart; `firing` is moved past the last of them.
    void repeats(NextEvent event, Firing& firing, Jiffies step, Jiffies count);

    /// The handler ends the connection.
    void ends(const Firing& firing, GiveUpCause cause);

    /// The handler ends the connection if it runs at or after `limit`. Returns true where it surely does; else `firing`
    /// is left with the runs that go on.
    bool endsFrom(const Span& limit, Firing& firing, GiveUpCause cause);

    /// Every run before `limit` sends `event` and comes again `step` jiffies later; the first at or after it ends the
    /// connection. In constant time but for the events that are logged. @param step  at least 1
    void repeatsUntil(const Span& limit, Firing firing, Jiffies step, NextEvent event, GiveUpCause cause);

    /// What nothing but `assumes` can break where the steps told are only the likely ones: the end lies in here.
    /// @param band  from the sample, whatever has been rebased; earliest and latest count
    void promises(const Span& band) { m_promise = band; }

    /// The first event may come at any moment until then.
    void firstMayComeAtOnce();

    /// Moments told from now on count from `origin`.
    void rebase(const Span& origin) { m_origin = m_origin + origin; }

    bool began() const { return m_count > 0; }
    bool ended() const { return m_cause != GiveUpCause::None; }
    const ScheduledEvent& first() const { return m_first; } ///< event None where the end comes first
    Jiffies count() const { return m_count; }               ///< events on the wire before the end, on the expected run
    const Span& end() const { return m_end; }               ///< by the steps told; meaningful where ended()
    Span promised() const;                                  ///< the end and the band promised; meaningful where ended()
    GiveUpCause cause() const { return m_cause; }

private:
    void note(NextEvent event, const Span& at);
    void bound(Jiffies earliest, Jiffies latest);
    void settle(Jiffies expected, GiveUpCause cause);

    std::vector<ScheduledEvent>* m_log = nullptr;
    std::size_t m_most = 0;
    ScheduledEvent m_first;
    Span m_origin;
    Span m_end;
    std::optional<Span> m_promise;
    Jiffies m_slip = 0;  ///< how much later the end may come if handlers are a tick late
    Jiffies m_orEnd = 0; ///< until then the end may come instead of the first event
    Jiffies m_count = 0;
    GiveUpCause m_cause = GiveUpCause::None;
    bool m_bounded = false; ///< m_end has its earliest and latest
};

} // namespace halfopen
