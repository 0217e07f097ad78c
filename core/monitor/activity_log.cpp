// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/activity_log.h"

#include <algorithm>
#include <chrono>

namespace halfopen {

namespace {

using std::chrono::minutes;

void addTo(Happened& sum, const Happened& more) {
    sum.appeared += more.appeared;
    sum.vanished += more.vanished;
    for (std::size_t ending = 0; ending < kEndingCount; ++ending)
        sum.endings[ending] += more.endings[ending];
    sum.kept += more.kept;
    sum.excused += more.excused;
    sum.broken += more.broken;
}

} // namespace

/// Minutes that no sample fell into are there too, with the connections of the one before.
void ActivityLog::beginMinutes(MonotonicTime taken) {
    auto& all = m_activity.minutes;
    if (all.empty() || taken - all.back().begin >= minutes(Activity::kMinutes)) {
        all.clear();
        const auto passed = std::chrono::floor<minutes>(std::max(taken, m_activity.since) - m_activity.since);
        all.push_back({.begin = m_activity.since + passed});
    }
    while (taken - all.back().begin >= minutes(1))
        all.push_back({.begin = all.back().begin + minutes(1), .connections = all.back().connections});
    while (all.size() > Activity::kMinutes)
        all.pop_front();
}

void ActivityLog::addPoint(const Step& step) {
    auto& all = m_activity.points;
    if (!all.empty() && step.taken - all.back().taken < Activity::kPointEvery)
        return;
    all.push_back({step.taken, step.connections});
    while (all.back().taken - all.front().taken > Activity::kPoints * Activity::kPointEvery)
        all.pop_front();
}

ActivityPtr ActivityLog::add(const Step& step) {
    Happened now{.appeared = step.appeared,
                 .vanished = step.vanished,
                 .kept = step.forecasts.kept - m_forecasts.kept,
                 .excused = step.forecasts.excused - m_forecasts.excused,
                 .broken = step.forecasts.broken - m_forecasts.broken};
    for (const EndedConnectionPtr& ended : step.endings)
        ++now.endings[static_cast<std::size_t>(ended->ending)];
    m_forecasts = step.forecasts;
    beginMinutes(step.taken);
    addTo(m_activity.total, now);
    addTo(m_activity.minutes.back().happened, now);
    m_activity.connections = m_activity.minutes.back().connections = step.connections;
    addPoint(step);
    m_activity.eventsLost = step.eventsLost;
    return std::make_shared<const Activity>(m_activity);
}

} // namespace halfopen
