// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/process/look_up_threads.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

namespace halfopen {

/// One look-up in the user database; nullopt where getpwuid_r(3) knows no such uid or cannot ask. May take minutes
/// where the database is a directory service that does not answer.
std::optional<std::string> userName(std::uint32_t uid);

/// Names of users, each looked up once, on threads of their own: nobody waits for a directory service. Used by one
/// thread.
class UserNames {
public:
    using LookUp = LookUpThreads<std::uint32_t, std::optional<std::string>>::LookUp;

    /// @param lookUp  called on other threads, also after this object is gone
    explicit UserNames(LookUp lookUp = &userName);

    /// @return what the database said (nullopt: it has no name for this uid); nullptr while it has not, having been
    /// asked by this call or one before. The pointer stays good.
    const std::optional<std::string>* find(std::uint32_t uid);

    /// Waits until all that was asked is answered, at most so long.
    void wait(std::chrono::nanoseconds timeLimit) const { m_threads.wait(timeLimit); }

private:
    LookUpThreads<std::uint32_t, std::optional<std::string>> m_threads;
    std::unordered_map<std::uint32_t, std::optional<std::string>> m_names;
};

} // namespace halfopen
