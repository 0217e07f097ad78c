// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/netns_by_cookie.h"

#include "core/kernel/process/netns_names.h"
#include "core/text/foreign_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace halfopen {

Outcome<NetnsAccessPtr> NetnsByCookie::enter(std::uint64_t cookie) const {
    return isOwn(cookie) ? Outcome<NetnsAccessPtr>(ownNetnsAccess()) : m_opener.enter(cookie);
}

Outcome<std::shared_ptr<const DirectSocketOperations>> NetnsByCookie::sockets(std::uint64_t cookie) const {
    return enter(cookie).map([this](const NetnsAccessPtr& access) { return m_sockets.in(access); });
}

std::string NetnsByCookie::nameOf(std::uint64_t cookie) const {
    if (isOwn(cookie))
        return {};
    const auto access = m_opener.enter(cookie);
    const std::scoped_lock lock(m_mutex);
    m_finder.look(MonotonicClock::now());
    const auto& all = m_finder.namespaces();
    const auto found = std::ranges::find_if(
        all, [&](const FoundNetns& one) { return access && one.inode != 0 && one.inode == (*access)->inode(); });
    return fmt::format("{} ({})", found == all.end() ? "network namespace" : harmless(labelOf(*found).name), cookie);
}

} // namespace halfopen
