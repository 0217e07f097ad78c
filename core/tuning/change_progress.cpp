// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/change_progress.h"

#include "core/model/frame.h"
#include "core/model/row.h"

#include <algorithm>
#include <chrono>

namespace halfopen {

namespace {

/// Expiries come in whole jiffies (10 ms at most) and stamps a little later than the kernel looked.
constexpr std::chrono::milliseconds kSame{60};

} // namespace

ChangeProgress::ChangeProgress(const Frame& before, const KeepaliveDefaults& inEffect, const KeepaliveDefaults& applied,
                               const ChangeProgress* earlier) {
    const SettingSet changed = changedSettings(inEffect, applied);
    for (const Row& row : before.rows) {
        if (row.connection.netnsIndex != before.inViewIndex)
            continue;
        const bool waits = earlier && earlier->waitsFor(before.keyOf(row));
        const auto kind = followsOf(row, changed, waits ? SettingSet{} : ownValues(row.options, inEffect));
        if (kind == Follows::AtTimer || kind == Follows::AtHiddenTimer)
            m_followers[before.keyOf(row)] =
                followerOf(row, before.clockOf(row),
                           waits ? earlier->m_followers.at(before.keyOf(row)).armedFor : inEffect, applied);
    }
    count();
}

/// A timer that still stands as it was armed for the very values that are in effect now has nothing to follow.
ChangeProgress::Follower ChangeProgress::followerOf(const Row& row, const TickClock& clock,
                                                    const KeepaliveDefaults& armedFor,
                                                    const KeepaliveDefaults& applied) {
    Follower follower;
    follower.armedFor = armedFor;
    if (row.connection.timer.kind() == TimerKind::Keepalive) {
        follower.deadline = timerDeadline(row);
        follower.latest = row.connection.sampled + timerFires(row, clock, row.connection.sampled).latest;
        follower.due = row.connection.timer.expires.count() == 0;
        if (armedFor == applied)
            follower.fate = Fate::Unchanged;
    } else {
        follower.fate = Fate::Hidden;
    }
    return follower;
}

/// A timer that was hidden when the change was made has no known deadline, so nothing can be said of it for sure: it
/// stays hidden until the connection ends. For the others any new deadline is one armed since the change.
ChangeProgress::Fate ChangeProgress::fateOf(const Follower& follower, const Row& row) {
    if (row.change == Change::Closed)
        return Fate::Gone;
    if (row.options.enabled == Switch::Off)
        return Fate::Switched;
    if (follower.deadline == MonotonicTime{} || row.connection.timer.kind() != TimerKind::Keepalive)
        return Fate::Hidden;
    if (row.connection.timer.expires.count() == 0)
        return Fate::Waiting; // due, and held back by the timer wheel
    if (follower.due)
        return Fate::Followed;
    const auto moved = timerDeadline(row) - follower.deadline;
    return moved > kSame || moved < -kSame ? Fate::Followed : Fate::Waiting;
}

const ChangeProgress::Counts& ChangeProgress::look(const Frame& now) {
    for (auto& [key, follower] : m_followers) {
        if (follower.fate != Fate::Waiting && follower.fate != Fate::Hidden)
            continue;
        const Row* row = now.find(key);
        follower.fate = row ? fateOf(follower, *row) : Fate::Gone;
    }
    count();
    return m_progress;
}

void ChangeProgress::count() {
    m_progress = {.total = static_cast<std::uint32_t>(m_followers.size())};
    for (const auto& [key, follower] : m_followers) {
        m_progress.waiting += follower.fate == Fate::Waiting;
        m_progress.hidden += follower.fate == Fate::Hidden;
        m_progress.followed += follower.fate == Fate::Followed;
        m_progress.gone += follower.fate == Fate::Gone;
        m_progress.switched += follower.fate == Fate::Switched;
        m_progress.unchanged += follower.fate == Fate::Unchanged;
    }
}

bool ChangeProgress::waitsFor(const SocketKey& key) const {
    const auto found = m_followers.find(key);
    return found != m_followers.end() && (found->second.fate == Fate::Waiting || found->second.fate == Fate::Hidden);
}

WhenHistogram ChangeProgress::whenWaiting(MonotonicTime now) const {
    WhenHistogram when{};
    for (const auto& [key, follower] : m_followers) {
        if (follower.fate == Fate::Waiting)
            ++when[whenClass(std::chrono::round<std::chrono::milliseconds>(follower.latest - now))];
    }
    return when;
}

std::vector<SocketKey> ChangeProgress::waiting() const {
    std::vector<SocketKey> keys;
    for (const auto& [key, follower] : m_followers)
        if (follower.fate == Fate::Waiting)
            keys.push_back(key);
    std::ranges::sort(keys, [&](const SocketKey& one, const SocketKey& other) {
        const auto first = m_followers.at(one).deadline;
        const auto second = m_followers.at(other).deadline;
        return first != second ? first > second : one < other;
    });
    return keys;
}

} // namespace halfopen
