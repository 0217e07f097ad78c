// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/surroundings.h"
#include "core/model/units.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace halfopen {

/// The clocks of the kernel at one moment.
struct MachineClocks {
    std::chrono::nanoseconds monotonic{0};
    std::chrono::nanoseconds boot{0};   ///< CLOCK_BOOTTIME: goes on while the machine sleeps
    std::chrono::nanoseconds coarse{0}; ///< CLOCK_MONOTONIC_COARSE: as of the last tick that was counted
};
MachineClocks readMachineClocks();

/// What of the whole machine moves forecasts, from look to look. Not thread-safe; a look costs three small reads of
/// /proc where the kernel tells its limits there (in the first network namespace alone), else one failed open.
class MachineWatch {
public:
    /// @param root    the directory that stands for "/"
    /// @param clocks  read at each look; tests give their own
    explicit MachineWatch(std::string root = {}, MachineClocks (*clocks)() = readMachineClocks);

    /// @param interval  what should lie between two looks; more than a second beyond it is late
    /// @param tick      of the kernel
    MachineState look(std::chrono::nanoseconds interval, std::chrono::nanoseconds tick);

private:
    bool orphanPressure() const;
    bool ticksCountedLate(std::chrono::nanoseconds tick, MachineClocks& now) const;

    std::string m_root;
    MachineClocks (*m_clocks)();
    std::optional<MachineClocks> m_before;
};

/// Whether orphaned connections are about to be ended early: four times the orphans are more than tcp_max_orphans
/// (an orphan that retransmits counts up to fourfold, net/ipv4/tcp_timer.c, tcp_out_of_resources()), or more pages than
/// the highest value of tcp_mem are in use. False where a text tells nothing.
bool isOrphanPressure(const std::string& sockstat, const std::string& maxOrphans, const std::string& mem);

} // namespace halfopen
