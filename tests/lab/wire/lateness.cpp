// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/wire/lateness.h"

#include "core/kernel/unique_fd.h"

#include <sched.h>
#include <time.h>

#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <array>

namespace halfopen::test {

namespace {

using namespace std::chrono_literals;

constexpr auto kBeat = 20ms;
constexpr auto kWorthNoting = 1ms;

/// Of CONFIG_HZ: the coarse clocks go by it (kernel/time/posix-timers.c).
std::chrono::nanoseconds tick() {
    timespec length{};
    ::clock_getres(CLOCK_MONOTONIC_COARSE, &length);
    return std::chrono::nanoseconds(length.tv_nsec);
}

} // namespace

Lateness::Lateness() {
    m_threads.emplace_back([this](const std::stop_token& stop) { watchSleep(stop); });
    for (unsigned i = 0; i < std::thread::hardware_concurrency(); ++i)
        m_threads.emplace_back([this, i](const std::stop_token& stop) { watchWheel(stop, i); });
}

void Lateness::note(MonotonicTime at, std::chrono::nanoseconds by) {
    if (by < kWorthNoting)
        return;
    const std::lock_guard lock(m_mutex);
    m_late.push_back({at, by});
}

void Lateness::watchSleep(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        const auto due = MonotonicClock::now() + kBeat;
        std::this_thread::sleep_until(due);
        const auto now = MonotonicClock::now();
        note(now, now - due);
    }
}

/// Of all waits with a limit, those for a socket are timed by the wheel (net/unix/af_unix.c, schedule_timeout()), which
/// rounds up to the tick after the next one.
void Lateness::watchWheel(const std::stop_token& stop, unsigned processor) {
    cpu_set_t only;
    CPU_ZERO(&only);
    CPU_SET(processor, &only);
    std::array<int, 2> pair{};
    if (::sched_setaffinity(0, sizeof only, &only) != 0 ||
        ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0)
        return; // a processor that this process may not use serves none of its timers either
    const sched_param above{1};
    ::sched_setscheduler(0, SCHED_FIFO, &above); // else, on this processor alone, it would wait for its own turn, too
    const UniqueFd near(pair[0]);
    const UniqueFd far(pair[1]);
    const timeval wait{0, std::chrono::microseconds(kBeat).count()};
    ::setsockopt(near.get(), SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    const auto rounding = 2 * tick();
    while (!stop.stop_requested()) {
        const auto due = MonotonicClock::now() + kBeat;
        char nothing = 0;
        ::recv(near.get(), &nothing, 1, 0);
        const auto now = MonotonicClock::now();
        note(now, now - due - rounding);
    }
}

std::chrono::nanoseconds Lateness::worst(MonotonicTime from, MonotonicTime to) const {
    const std::lock_guard lock(m_mutex);
    std::chrono::nanoseconds worst{0};
    for (const auto& late : m_late)
        if (late.at >= from && late.at - late.by <= to + kBeat)
            worst = std::max(worst, late.by);
    return worst;
}

} // namespace halfopen::test
