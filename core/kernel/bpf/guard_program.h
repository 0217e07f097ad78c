// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"
#include "core/model/error.h"
#include "core/model/guard_rule.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace halfopen {

/// Where the guard is attached, and where it is kept.
struct GuardPlaces {
    std::string cgroup; ///< directory of a cgroup2 file system: above all units that rules may name; "": there is none
    std::string bpffs = "/sys/fs/bpf"; ///< a BPF file system
};
/// Those of this machine.
GuardPlaces machinesGuardPlaces();

struct GuardState {
    GuardRule rule;
    GuardCounts counts;
};

/// The program of guard.bpf.c in the kernel, and its rules. It is pinned below BPFFS/halfopen, and so works on when
/// this process ends, until the machine does or remove() is called. All of this takes CAP_BPF, CAP_PERFMON and
/// CAP_NET_ADMIN, or CAP_SYS_ADMIN, of the initial user namespace, as the user to whom BPFFS/halfopen belongs (root).
/// Two processes at once: GuardRules (core/actions) sees to that. Errors: NotSupported where this program was built
/// without BPF, the kernel has no BTF or lacks what it takes (5.15 has it all), or there is no BPF or cgroup2 file
/// system; NotPermitted where a right is missing, the kernel is locked down, or BPFFS/halfopen belongs to somebody
/// else; SomeFailed.
class GuardProgram {
public:
    /// The one that works now. @return nullopt: none does, or one of another version, or one that is attached elsewhere
    static Result<std::optional<GuardProgram>> pinned(const GuardPlaces& places);

    /// Loads it with these rules and puts it in the place of one that works already, without a moment in which there is
    /// none. Counts begin at 0. It takes some 60 ms, most of it for the kernel's BTF.
    static Result<GuardProgram> install(const GuardPlaces& places, const std::vector<GuardRule>& rules);

    /// New connections are guarded no more, at once; those that are keep what they have.
    /// @return whether there was one
    static Result<bool> remove(const GuardPlaces& places);

    /// For connections from now on. One of this unit is replaced; its counts begin at 0.
    Result<void> set(const GuardRule& rule);
    /// @return whether there was one
    Result<bool> forget(const std::string& unit);
    /// By name.
    Result<std::vector<GuardState>> rules() const;

private:
    GuardProgram(UniqueFd rules, UniqueFd longRules)
        : m_rules(std::move(rules))
        , m_longRules(std::move(longRules)) {}

    /// @param directory  of the pins
    Result<void> pinWith(const UniqueFd& directory, int link) const;

    UniqueFd m_rules;     ///< the map
    UniqueFd m_longRules; ///< that of names that do not fit into its keys
};

} // namespace halfopen
