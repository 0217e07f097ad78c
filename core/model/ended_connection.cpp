// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/ended_connection.h"

#include <algorithm>

namespace halfopen {

using std::chrono::milliseconds;

namespace {

constexpr std::chrono::seconds kTimeWait{60};
// A moment of a forecast is off by a tick, and by the slack of the timer wheel.
constexpr milliseconds kSlack{1000};

} // namespace

std::optional<milliseconds> EndedConnection::noticedAfter() const {
    if (!lastLife || foundDead)
        return std::nullopt;
    return std::max(milliseconds(0), std::chrono::round<milliseconds>(ended.monotonic - lastLife->monotonic));
}

std::optional<milliseconds> EndedConnection::lifetime() const {
    if (!firstSeen)
        return std::nullopt;
    return std::max(milliseconds(0), std::chrono::round<milliseconds>(ended.monotonic - firstSeen->monotonic));
}

std::optional<Instant> EndedConnection::timeWaitSince() const {
    if (ending != Ending::TimeWaitOver || !forecastEnd)
        return std::nullopt;
    const Instant since{forecastEnd->monotonic - kTimeWait, forecastEnd->wall - kTimeWait};
    return since.wall < ended.wall ? since : ended;
}

bool EndedConnection::isOnlyTimeWait() const {
    if (ending != Ending::TimeWaitOver || inode != 0 || !owners.empty())
        return false;
    const auto since = timeWaitSince();
    return !firstSeen || !since || since->wall <= firstSeen->wall + kSlack;
}

} // namespace halfopen
