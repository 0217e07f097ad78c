// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/users.h"

#include <pwd.h>

#include <cerrno>
#include <utility>
#include <vector>

namespace halfopen {

std::optional<std::string> userName(std::uint32_t uid) {
    constexpr std::size_t kMost = std::size_t{1} << 20; // an entry longer than this is no use to anybody
    passwd entry{};
    passwd* found = nullptr;
    for (std::vector<char> buffer(1024); buffer.size() <= kMost; buffer.resize(buffer.size() * 4)) {
        const int error = getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found);
        if (error == ERANGE || error == EINTR)
            continue;
        return found != nullptr ? std::optional<std::string>(found->pw_name) : std::nullopt;
    }
    return std::nullopt;
}

UserNames::UserNames(LookUp lookUp)
    : m_threads(std::move(lookUp)) {}

const std::optional<std::string>* UserNames::find(std::uint32_t uid) {
    if (const auto known = m_names.find(uid); known != m_names.end())
        return &known->second;
    for (auto& [answered, name] : m_threads.take())
        m_names.emplace(answered, std::move(name));
    if (const auto known = m_names.find(uid); known != m_names.end())
        return &known->second;
    m_threads.ask(uid); // where it cannot be, again with the next sample
    return nullptr;
}

} // namespace halfopen
