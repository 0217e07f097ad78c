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
    std::optional<GuardCounts> counts; ///< nullopt: the kernel does not have it, or not with these values
};
struct GuardList {
    std::vector<ListedGuard> rules;   ///< that are kept, and those that only the kernel has
    std::optional<Error> notInEffect; ///< why what the kernel has is not known
};

/// The rules of the guard, in their file (guardPlace()) and in the kernel. For root. One process at a time: the others
/// wait. Errors: those of GuardProgram and readGuardFile(), NotPermitted, SomeFailed.
class GuardRules {
public:
    /// @param root  stands for "/" of the file; only tests give another
    explicit GuardRules(GuardPlaces places, std::string root = {})
        : m_places(std::move(places))
        , m_root(std::move(root)) {}

    /// From now on, and after a reboot. After a failure all is as it was.
    Result<void> set(const GuardRule& rule);
    /// @return whether there was one of this unit
    Result<bool> forget(const std::string& unit);
    /// Whatever stands in the file.
    Result<void> forgetAll();
    /// What the file says, and nothing else, from now on: at boot, and after the program itself has changed.
    /// @return how many rules
    Result<std::size_t> restore();
    /// Who is not root sees what is kept alone.
    Result<GuardList> list() const;

private:
    Result<void> setInKernel(const GuardRule& rule, const std::vector<GuardRule>& all);
    Result<void> forgetInKernel(const std::string& unit, bool last);

    GuardPlaces m_places;
    std::string m_root;
};

} // namespace halfopen
