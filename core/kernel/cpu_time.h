// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <time.h>
#include <unistd.h>

#include <chrono>

namespace halfopen {

/// What a clock of CPU time shows; 0 where it cannot be read.
inline std::chrono::nanoseconds cpuTimeOf(clockid_t clock) {
    timespec taken{};
    if (::clock_gettime(clock, &taken) != 0)
        return {};
    return std::chrono::seconds(taken.tv_sec) + std::chrono::nanoseconds(taken.tv_nsec);
}

/// That of the calling thread.
inline std::chrono::nanoseconds threadCpuTime() {
    return cpuTimeOf(CLOCK_THREAD_CPUTIME_ID);
}

/// That of another process. Its clock is its number in other bits (include/linux/posix-timers_types.h: CPUCLOCK_SCHED
/// is 2), as clock_getcpuclockid(3) makes it too, which asks the kernel once more.
inline std::chrono::nanoseconds processCpuTime(pid_t pid) {
    constexpr unsigned kSched = 2;
    return cpuTimeOf(static_cast<clockid_t>((~static_cast<unsigned>(pid) << 3) | kSched));
}

} // namespace halfopen
