// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/machine_watch.h"

#include <algorithm>
#include <array>
#include <limits>
#include <sstream>

namespace halfopen {

namespace {

using std::chrono::nanoseconds;

nanoseconds readClock(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return std::chrono::seconds(now.tv_sec) + nanoseconds(now.tv_nsec);
}

/// "" where it cannot be read.
std::string textOf(KeptFile& file) {
    std::array<char, 2048> text{};
    return {text.data(), static_cast<std::size_t>(std::max<ssize_t>(file.read(text), 0))};
}

struct TcpUse {
    std::int64_t orphans = 0;
    std::int64_t pages = 0;
};

/// "TCP: inuse 5 orphan 0 tw 0 alloc 7 mem 1"
TcpUse tcpUse(const std::string& sockstat) {
    TcpUse use;
    std::istringstream lines(sockstat);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("TCP:"))
            continue;
        std::istringstream words(line.substr(4));
        std::int64_t value = 0;
        for (std::string name; words >> name >> value;) {
            if (name == "orphan")
                use.orphans = value;
            if (name == "mem")
                use.pages = value;
        }
    }
    return use;
}

/// The how-manieth number of a text; the greatest there is where it has none.
std::int64_t numberOf(const std::string& text, int position) {
    std::istringstream words(text);
    std::int64_t value = 0;
    for (int i = 0; i <= position; ++i)
        if (!(words >> value))
            return std::numeric_limits<std::int64_t>::max();
    return value;
}

} // namespace

MachineClocks readMachineClocks(nanoseconds (*read)(clockid_t)) {
    MachineClocks clocks; // in this order
    clocks.monotonicBefore = read(CLOCK_MONOTONIC);
    clocks.coarse = read(CLOCK_MONOTONIC_COARSE);
    clocks.boot = read(CLOCK_BOOTTIME);
    clocks.monotonic = read(CLOCK_MONOTONIC);
    return clocks;
}

MachineClocks readMachineClocks() {
    return readMachineClocks(readClock);
}

MachineWatch::MachineWatch(const std::string& root, MachineClocks (*clocks)())
    : m_maxOrphans(root + "/proc/sys/net/ipv4/tcp_max_orphans")
    , m_memory(root + "/proc/sys/net/ipv4/tcp_mem")
    , m_sockets(root + "/proc/net/sockstat")
    , m_clocks(clocks) {}

bool isOrphanPressure(const std::string& sockstat, const std::string& maxOrphans, const std::string& mem) {
    const TcpUse use = tcpUse(sockstat);
    return use.orphans * 4 > numberOf(maxOrphans, 0) || use.pages > numberOf(mem, 2);
}

bool MachineWatch::orphanPressure() {
    const std::string maxOrphans = textOf(m_maxOrphans);
    if (maxOrphans.empty())
        return false; // not the first network namespace
    return isOrphanPressure(textOf(m_sockets), maxOrphans, textOf(m_memory));
}

/// A tick may be a whole one behind by design, and the one that is due may be counted at this very moment: only what
/// shows each time is late.
bool MachineWatch::ticksCountedLate(nanoseconds tick, MachineClocks& now) const {
    constexpr int kTries = 3;
    for (int i = 0; i < kTries; ++i) {
        if (now.leastLag() <= 2 * tick)
            return false;
        if (i + 1 < kTries)
            now = m_clocks();
    }
    return true;
}

/// The sleep of the machine only grows: where even the least that these clocks allow is more than the most that an
/// earlier look allowed, it has slept in between. Of a thread that is put aside while it reads, the two bounds lie
/// apart: that hides a sleep until the next look, and never makes one.
bool MachineWatch::hasSlept(const MachineClocks& now) {
    constexpr std::chrono::milliseconds kAsleep{100}; // what is less moves no moment that a person reads
    const bool slept = m_before && now.leastAsleep() - m_mostAsleep > kAsleep;
    m_mostAsleep = m_before && !slept ? std::min(m_mostAsleep, now.mostAsleep()) : now.mostAsleep();
    return slept;
}

MachineState MachineWatch::look(nanoseconds interval, nanoseconds tick) {
    constexpr std::chrono::seconds kLate{1};
    MachineClocks now = m_clocks();
    MachineState state{.orphanPressure = orphanPressure(), .ticksLate = ticksCountedLate(tick, now)};
    state.suspended = hasSlept(now);
    if (m_before)
        state.ticksLate = state.ticksLate || now.monotonic - m_before->monotonic > interval + kLate;
    m_before = now;
    return state;
}

} // namespace halfopen
