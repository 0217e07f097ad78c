// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"
#include "core/model/units.h"

#include <chrono>
#include <deque>
#include <mutex>

namespace halfopen::exporter {

/// How long connections may take, from the first byte to the last: whoever sends one byte now and then is never idle,
/// and would hold its connection for hours. Any thread.
class TimeLimits {
public:
    explicit TimeLimits(std::chrono::nanoseconds most);

    /// @param connection  stays open until ended() was called with it
    void began(int connection);
    void ended(int connection);

    /// Readable for poll(2) when the time of one is over; -1 where that cannot be had.
    int descriptor() const { return m_timer.get(); }
    /// Shuts those down whose time is over: whoever serves them notices that.
    void endOverdue();

private:
    struct Connection {
        int descriptor = -1;
        MonotonicTime until;
    };

    void setTimer() const;

    std::chrono::nanoseconds m_most;
    UniqueFd m_timer;
    std::mutex m_mutex;
    std::deque<Connection> m_connections; ///< guarded by m_mutex; the oldest first
};

} // namespace halfopen::exporter
