// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

namespace halfopen {

/// Names of users, each looked up once: a directory service can take its time. One thread.
class UserNames {
public:
    /// @return  nullopt where the user database (getpwuid_r(3)) has no such uid or cannot be asked. The reference stays
    /// good.
    const std::optional<std::string>& operator()(std::uint32_t uid);

private:
    std::unordered_map<std::uint32_t, std::optional<std::string>> m_names;
};

/// One look-up in the user database, not remembered.
std::optional<std::string> userName(std::uint32_t uid);

} // namespace halfopen
