// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/history.h"

#include <algorithm>

namespace halfopen {

History::News History::after(std::uint64_t number) const {
    const std::lock_guard lock(m_mutex);
    const auto first = std::ranges::upper_bound(m_kept, number, {}, [](const auto& kept) { return kept->number; });
    return {.certificates = {first, m_kept.end()}, .last = m_last, .eventsLost = m_eventsLost};
}

std::vector<CertificatePtr> History::add(std::vector<Certificate> certificates) {
    std::vector<CertificatePtr> added;
    added.reserve(certificates.size());
    const std::lock_guard lock(m_mutex);
    for (Certificate& certificate : certificates) {
        certificate.number = ++m_last;
        added.push_back(std::make_shared<const Certificate>(std::move(certificate)));
        m_kept.push_back(added.back());
        if (m_kept.size() > m_limit)
            m_kept.pop_front();
    }
    return added;
}

void History::addLostEvents(std::uint64_t count) {
    const std::lock_guard lock(m_mutex);
    m_eventsLost += count;
}

void History::restore(std::vector<Certificate> certificates) {
    const std::lock_guard lock(m_mutex);
    const std::size_t surplus = certificates.size() > m_limit ? certificates.size() - m_limit : 0;
    for (std::size_t i = surplus; i < certificates.size(); ++i) {
        m_last = std::max(m_last, certificates[i].number);
        m_kept.push_back(std::make_shared<const Certificate>(std::move(certificates[i])));
    }
}

} // namespace halfopen
