// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/guard_operations.h"
#include "core/kernel/bpf/guard_program.h"
#include "core/kernel/process/unit_cgroups.h"

#include <string>
#include <utility>

namespace halfopen {

/// Does it in this process, with the rights that the process has: root under sudo, and the helper, which puts the bus
/// and polkit before it. Blocks for the time of two fsync, and of some 60 ms for the first rule.
class DirectGuardOperations final : public GuardOperations {
public:
    /// @param root  stands for "/" of the file; only tests give another
    explicit DirectGuardOperations(GuardPlaces places = machinesGuardPlaces(), std::string root = {})
        : m_rules(std::move(places), std::move(root)) {}

    RequestToken setGuard(const GuardRule& rule, bool persist, Done<void> done) override;
    RequestToken forgetGuard(const std::string& unit, Done<void> done) override;
    RequestToken listGuards(Done<GuardList> done) override;
    void cancel(RequestToken) override {} ///< nothing is ever left unanswered

    /// The same verbs, answering by their return value.
    Outcome<void> set(const GuardRule& rule, bool persist);
    Outcome<bool> forget(const std::string& unit); ///< whether there was one
    Outcome<std::vector<GuardState>> inKernel() const;

private:
    GuardRules m_rules;
};

/// Whether a rule of this name can ever count.
/// @param groups  findUnitCgroups() of it; asked only of a name that systemd does not give
/// @return        Usage: it is neither a unit's nor that of a control group that is there
Result<void> checkGuardedUnit(const std::string& unit, const UnitCgroups& groups);

} // namespace halfopen
