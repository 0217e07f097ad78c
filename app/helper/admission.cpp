// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/admission.h"

#include <algorithm>

namespace halfopen {

std::optional<std::uint64_t> Admission::enter(const std::string& caller) {
    const auto sameCaller = std::count_if(m_requests.begin(), m_requests.end(),
                                          [&](const auto& entry) { return entry.second.caller == caller; });
    if (m_requests.size() >= m_limits.total || sameCaller >= m_limits.perCaller)
        return std::nullopt;
    m_requests.emplace(++m_last, Request{caller, std::nullopt});
    return m_last;
}

bool Admission::assignUser(std::uint64_t request, std::uint32_t uid) {
    const auto sameUser =
        std::count_if(m_requests.begin(), m_requests.end(), [&](const auto& entry) { return entry.second.uid == uid; });
    if (sameUser >= m_limits.perUser)
        return false;
    const auto found = m_requests.find(request);
    if (found != m_requests.end())
        found->second.uid = uid;
    return found != m_requests.end();
}

void Admission::leave(std::uint64_t request) {
    m_requests.erase(request);
}

} // namespace halfopen
