// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/units.h"

#include <mutex>
#include <thread>
#include <vector>

namespace halfopen::test {

/// How late this machine is for a thread that does nothing but wake up: the load that others put on it. Watched fifty
/// times a second, from the constructor to the destructor, by what wakes a thread up on a busy machine (hrtimers, the
/// scheduler) and on each processor by what runs TCP's timers: those of the wheel wait for their softirq, which
/// ksoftirqd may leave for longer (kernel/time/timer.c, run_timer_softirq(); kernel/softirq.c).
class Lateness {
public:
    Lateness();

    /// The worst between two moments; 0 on a quiet machine. Any thread.
    std::chrono::nanoseconds worst(MonotonicTime from, MonotonicTime to) const;

private:
    struct Late {
        MonotonicTime at;
        std::chrono::nanoseconds by;
    };
    void watchSleep(const std::stop_token& stop);
    void watchWheel(const std::stop_token& stop, unsigned processor);
    void note(MonotonicTime at, std::chrono::nanoseconds by);

    mutable std::mutex m_mutex;
    std::vector<Late> m_late;
    std::vector<std::jthread> m_threads; ///< last: they use the others
};

} // namespace halfopen::test
