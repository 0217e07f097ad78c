// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/host_name_lookup.h"

#include <utility>

namespace halfopen {

namespace {

constexpr std::size_t kMostKnown = 65'536;

} // namespace

bool HostNameLookup::ask(const IpAddress& address) {
    if (m_asked.contains(address) || m_asked.size() >= kMostKnown)
        return true;
    if (!m_threads.ask(address))
        return false;
    m_asked.insert(address);
    return true;
}

void HostNameLookup::cancel() {
    for (const IpAddress& address : m_threads.cancel())
        m_asked.erase(address);
}

HostNamesPtr HostNameLookup::names() {
    bool news = false;
    for (auto& [address, name] : m_threads.take()) {
        if (name.empty())
            continue;
        m_found.insert_or_assign(address, std::move(name));
        news = true;
    }
    if (news)
        m_published = std::make_shared<const HostNames>(m_found);
    return m_published;
}

} // namespace halfopen
