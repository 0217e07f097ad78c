// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/schedule.h"

#include <algorithm>

namespace halfopen {

namespace {

/// How many steps it takes from `moment` to reach `limit`.
Jiffies stepsTo(Jiffies limit, Jiffies moment, Jiffies step) {
    return moment >= limit ? 0 : (limit - moment + step - 1) / step;
}

} // namespace

void Schedule::note(NextEvent event, const Span& at) {
    ScheduledEvent entry{event, at + m_origin};
    if (m_count++ == 0) {
        entry.at.latest = std::max(entry.at.latest, m_orEnd);
        m_first = entry;
    }
    if (m_log && m_log->size() < m_most)
        m_log->push_back(entry);
}

void Schedule::repeats(NextEvent event, Firing& firing, Jiffies step, Jiffies count) {
    Span at = firing.at;
    const Jiffies told = ended() || count <= 0 ? 0 : m_log ? std::min<Jiffies>(count, static_cast<Jiffies>(m_most)) : 1;
    for (Jiffies i = 0; i < told; ++i, at = at + Span::at(step))
        note(event, at);
    if (!ended())
        m_count += std::max<Jiffies>(count, 0) - told;
    firing.at = firing.at + Span::at(step * std::max<Jiffies>(count, 0));
}

void Schedule::bound(Jiffies earliest, Jiffies latest) {
    earliest += m_origin.earliest;
    latest += m_origin.latest;
    m_end.earliest = m_bounded ? std::min(m_end.earliest, earliest) : earliest;
    m_end.latest = m_bounded ? std::max(m_end.latest, latest) : latest;
    m_bounded = true;
}

void Schedule::firstMayComeAtOnce() {
    m_first.at.earliest = std::min<Jiffies>(m_first.at.earliest, 0);
    if (m_log && !m_log->empty())
        m_log->front().at.earliest = m_first.at.earliest;
}

Span Schedule::promised() const {
    const Jiffies latest = m_end.latest + m_slip;
    if (!m_promise)
        return {m_end.earliest, m_end.expected, latest};
    return {std::min(m_end.earliest, m_promise->earliest), m_end.expected, std::max(latest, m_promise->latest)};
}

void Schedule::settle(Jiffies expected, GiveUpCause cause) {
    if (ended())
        return;
    m_end.expected = expected + m_origin.expected;
    m_cause = cause;
}

void Schedule::ends(const Firing& firing, GiveUpCause cause) {
    m_slip = std::max(m_slip, firing.slip);
    bound(firing.at.earliest, firing.at.latest);
    settle(firing.at.expected, cause);
}

bool Schedule::endsFrom(const Span& limit, Firing& firing, GiveUpCause cause) {
    Span& at = firing.at;
    if (at.latest < limit.earliest)
        return false;
    if (at.earliest >= limit.latest) {
        ends(firing, cause);
        return true;
    }
    bound(std::max(at.earliest, limit.earliest), at.latest);
    m_slip = std::max(m_slip, firing.slip);
    if (m_count == 0)
        m_orEnd = at.latest + m_origin.latest;
    if (at.expected >= limit.expected)
        settle(at.expected, cause);
    at.latest = std::min(at.latest, limit.latest - 1);
    at.expected = std::min(at.expected, at.latest);
    return false;
}

void Schedule::repeatsUntil(const Span& limit, Firing firing, Jiffies step, NextEvent event, GiveUpCause cause) {
    const Jiffies first = stepsTo(limit.earliest, firing.at.earliest, step);
    const Jiffies last = stepsTo(limit.latest, firing.at.latest, step);
    if (first == last)
        bound(firing.at.earliest + first * step, firing.at.latest + last * step);
    else
        bound(std::max(limit.earliest, firing.at.earliest), std::max(firing.at.latest, limit.latest + step - 1));
    const Jiffies count = stepsTo(limit.expected, firing.at.expected, step);
    repeats(event, firing, step, count);
    bound(firing.at.expected, firing.at.expected);
    settle(firing.at.expected, cause);
}

} // namespace halfopen
