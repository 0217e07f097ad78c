// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
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
    using LookUp = std::function<std::optional<std::string>(std::uint32_t)>;

    /// @param lookUp  called on other threads, also after this object is gone
    explicit UserNames(LookUp lookUp = &userName);
    /// Waits for nothing: a look-up that goes on ends by itself.
    ~UserNames();
    UserNames(const UserNames&) = delete;
    UserNames& operator=(const UserNames&) = delete;

    /// @return what the database said (nullopt: it has no name for this uid); nullptr while it has not, having been
    /// asked by this call or one before. The pointer stays good.
    const std::optional<std::string>* find(std::uint32_t uid);

    /// Waits until all that was asked is answered, at most so long.
    void wait(std::chrono::nanoseconds timeLimit) const;

private:
    struct Desk;
    static void work(const std::shared_ptr<Desk>& desk);
    void ask(std::uint32_t uid);

    std::shared_ptr<Desk> m_desk; ///< shared with the threads
    std::unordered_map<std::uint32_t, std::optional<std::string>> m_names;
};

} // namespace halfopen
