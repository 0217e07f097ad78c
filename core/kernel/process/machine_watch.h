// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/kept_file.h"
#include "core/model/surroundings.h"
#include "core/model/units.h"

#include <chrono>
#include <cstdint>
#include <ctime>
#include <optional>
#include <string>

namespace halfopen {

/// The clocks of the kernel, read one after the other: the thread may be put aside between any two of them, and the
/// two readings of CLOCK_MONOTONIC tell how long that can have been.
struct MachineClocks {
    std::chrono::nanoseconds monotonicBefore{0}; ///< before the two below
    std::chrono::nanoseconds coarse{0};          ///< CLOCK_MONOTONIC_COARSE: as of the last tick that was counted
    std::chrono::nanoseconds boot{0};            ///< CLOCK_BOOTTIME: goes on while the machine sleeps
    std::chrono::nanoseconds monotonic{0};       ///< after them

    /// How far BOOTTIME is ahead of MONOTONIC, all sleep since the start, lies between these two.
    std::chrono::nanoseconds leastAsleep() const { return boot - monotonic; }
    std::chrono::nanoseconds mostAsleep() const { return boot - monotonicBefore; }
    /// So much at least the last counted tick was behind when monotonicBefore was read; a pause after it only lessens
    /// that.
    std::chrono::nanoseconds leastLag() const { return monotonicBefore - coarse; }
};
/// @param read  one clock; tests give their own
MachineClocks readMachineClocks(std::chrono::nanoseconds (*read)(clockid_t));
MachineClocks readMachineClocks(); ///< of this machine

/// What of the whole machine moves forecasts, from look to look. Not thread-safe; a look costs three small reads of
/// /proc where the kernel tells its limits there (in the first network namespace alone), else one failed open.
class MachineWatch {
public:
    /// @param root    the directory that stands for "/"
    /// @param clocks  read at each look; tests give their own
    explicit MachineWatch(const std::string& root = {}, MachineClocks (*clocks)() = readMachineClocks);

    /// @param interval  what should lie between two looks; more than a second beyond it is late
    /// @param tick      of the kernel
    MachineState look(std::chrono::nanoseconds interval, std::chrono::nanoseconds tick);

private:
    bool orphanPressure();
    bool ticksCountedLate(std::chrono::nanoseconds tick, MachineClocks& now) const;
    bool hasSlept(const MachineClocks& now);

    KeptFile m_maxOrphans;
    KeptFile m_memory; ///< tcp_mem
    KeptFile m_sockets;
    MachineClocks (*m_clocks)();
    std::optional<MachineClocks> m_before;
    std::chrono::nanoseconds m_mostAsleep{0}; ///< the least upper bound since a sleep was last told
};

/// Whether orphaned connections are about to be ended early: four times the orphans are more than tcp_max_orphans
/// (an orphan that retransmits counts up to fourfold, net/ipv4/tcp_timer.c, tcp_out_of_resources()), or more pages than
/// the highest value of tcp_mem are in use. False where a text tells nothing.
bool isOrphanPressure(const std::string& sockstat, const std::string& maxOrphans, const std::string& mem);

} // namespace halfopen
