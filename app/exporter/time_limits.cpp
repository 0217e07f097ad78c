// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter/time_limits.h"

#include <unistd.h>

#include <sys/socket.h>
#include <sys/timerfd.h>

#include <algorithm>
#include <cstdint>

namespace halfopen::exporter {

TimeLimits::TimeLimits(std::chrono::nanoseconds most)
    : m_most(most)
    , m_timer(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)) {}

void TimeLimits::began(int connection) {
    const std::lock_guard lock(m_mutex);
    m_connections.push_back({connection, MonotonicClock::now() + m_most});
    if (m_connections.size() == 1)
        setTimer();
}

void TimeLimits::ended(int connection) {
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_connections, [&](const Connection& one) { return one.descriptor == connection; });
    setTimer();
}

void TimeLimits::endOverdue() {
    std::uint64_t times = 0;
    (void)!::read(m_timer.get(), &times, sizeof times);
    const std::lock_guard lock(m_mutex);
    const MonotonicTime now = MonotonicClock::now();
    while (!m_connections.empty() && m_connections.front().until <= now) {
        ::shutdown(m_connections.front().descriptor, SHUT_RDWR);
        m_connections.pop_front();
    }
    setTimer();
}

/// For the oldest; off where there is none.
void TimeLimits::setTimer() const {
    itimerspec timer{};
    if (!m_connections.empty()) {
        const auto until = m_connections.front().until.time_since_epoch();
        const auto seconds = std::chrono::floor<std::chrono::seconds>(until);
        timer.it_value.tv_sec = seconds.count();
        timer.it_value.tv_nsec = std::chrono::nanoseconds(until - seconds).count();
    }
    ::timerfd_settime(m_timer.get(), TFD_TIMER_ABSTIME, &timer, nullptr);
}

} // namespace halfopen::exporter
