// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/admission.h"

#include <algorithm>
#include <iterator>

namespace halfopen {

std::optional<std::uint64_t> Admission::enter(const std::string& caller) {
    const auto sameCaller = std::count_if(m_requests.begin(), m_requests.end(),
                                          [&](const auto& entry) { return entry.second.caller == caller; });
    if (m_requests.size() >= m_limits.total || sameCaller >= m_limits.perCaller)
        return std::nullopt;
    m_requests.emplace(++m_last, Request{caller, std::nullopt});
    return m_last;
}

bool Admission::assignUser(std::uint64_t request, std::uint32_t uid, MonotonicTime now) {
    const auto sameUser =
        std::count_if(m_requests.begin(), m_requests.end(), [&](const auto& entry) { return entry.second.uid == uid; });
    if (sameUser >= m_limits.perUser)
        return false;
    if (const auto refused = m_refused.find(uid); refused != m_refused.end()) {
        recover(refused->second, now);
        if (refused->second.cost >= m_limits.refused)
            return false;
    }
    const auto found = m_requests.find(request);
    if (found != m_requests.end())
        found->second.uid = uid;
    return found != m_requests.end();
}

void Admission::leave(std::uint64_t request) {
    m_requests.erase(request);
}

void Admission::recover(Refused& refused, MonotonicTime now) const {
    const auto recovered = (now - refused.since) / m_limits.recovery;
    refused.cost = std::max<std::chrono::nanoseconds>(refused.cost - recovered, std::chrono::nanoseconds(0));
    refused.since = now;
}

void Admission::countRefused(std::uint32_t uid, std::chrono::nanoseconds cost, MonotonicTime now) {
    for (auto entry = m_refused.begin(); entry != m_refused.end();) {
        recover(entry->second, now);
        entry = entry->second.cost.count() == 0 ? m_refused.erase(entry) : std::next(entry);
    }
    const auto [entry, added] = m_refused.try_emplace(uid, Refused{{}, now});
    entry->second.cost += std::max(cost, m_limits.least);
}

} // namespace halfopen
