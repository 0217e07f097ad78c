// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/process/users.h"

#include <pwd.h>

#include <cerrno>
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

const std::optional<std::string>& UserNames::operator()(std::uint32_t uid) {
    const auto [it, isNew] = m_names.try_emplace(uid);
    if (isNew)
        it->second = userName(uid);
    return it->second;
}

} // namespace halfopen
