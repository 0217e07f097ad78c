// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/bpf/guard_program.h"
#include "core/model/error.h"
#include "core/model/guard_rule.h"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace halfopen {

/// A rule, and whether it works.
struct ListedGuard {
    GuardRule rule;
    bool kept = false;                 ///< over a reboot: it stands in the file
    std::optional<GuardCounts> counts; ///< nullopt: the kernel does not have it, or not with these values
};
struct GuardList {
    std::vector<ListedGuard> rules;   ///< that are kept, and those that only the kernel has
    std::optional<Error> notInEffect; ///< why what the kernel has is not known
};
/// Of both: where a unit has another rule in the kernel than is kept, both are listed.
GuardList listedGuards(std::vector<GuardRule> kept, const Result<std::vector<GuardState>>& inKernel);

/// The rules of the guard, in their file (guardPlace()) and in the kernel. For root. One process at a time: the others
/// wait. Errors: those of GuardProgram and readGuardFile(), NotPermitted, SomeFailed.
class GuardRules {
public:
    /// @param root  stands for "/" of the file; only tests give another
    explicit GuardRules(GuardPlaces places, std::string root = {})
        : m_places(std::move(places))
        , m_root(std::move(root)) {}

    /// From now on. After a failure all is as it was.
    /// @param persist  also after a reboot; false: what is kept of this unit stays as it is, and comes back then
    Result<void> set(const GuardRule& rule, bool persist = true);
    /// In the kernel and in the file. @return whether there was one of this unit
    Result<bool> forget(const std::string& unit);
    /// Whatever stands in the file.
    Result<void> forgetAll();
    /// What the file says, and nothing else, from now on: at boot, and after the program itself has changed.
    /// @return how many rules
    Result<std::size_t> restore();
    /// Who is not root sees what is kept alone.
    Result<GuardList> list() const;
    /// By name; none where the guard is not there.
    Result<std::vector<GuardState>> inKernel() const;

private:
    /// @return what the kernel had of this unit before
    Result<std::optional<GuardRule>> setInKernel(const GuardRule& rule, const std::vector<GuardRule>& all);
    Result<std::optional<GuardRule>> forgetInKernel(const std::string& unit, const std::vector<GuardRule>& rest);
    Result<void> forgetAllInKernel();

    GuardPlaces m_places;
    std::string m_root;
};

} // namespace halfopen
