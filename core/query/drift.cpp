// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/drift.h"

#include <algorithm>

namespace halfopen {

std::uint16_t hostIndex(const Frame& frame) {
    for (std::size_t index = 0; index < frame.namespaces.size(); ++index)
        if (frame.namespaces[index]->inside.kind == NetnsKind::Machine &&
            !frame.sampleOf(static_cast<std::uint16_t>(index)).gone)
            return static_cast<std::uint16_t>(index);
    return 0;
}

std::optional<std::int32_t> valueIn(const NetnsContext& netns, Setting id) {
    if (netns.tier == NetnsTier::Public || isUnread(netns.sysctls, id) || !isThere(netns.sysctls, id))
        return std::nullopt;
    return netns.sysctls.*settingInfo(id).field;
}

bool differs(const NetnsContext& netns, const NetnsContext& host, Setting id) {
    const auto its = valueIn(netns, id);
    const auto hosts = valueIn(host, id);
    return its && hosts && *its != *hosts;
}

void DriftLog::look(const Frame& frame, Time now) {
    const NetnsContextPtr& host = frame.namespaces[hostIndex(frame)];
    std::unordered_map<std::uint32_t, Known> known;
    for (std::size_t index = 0; index < frame.namespaces.size(); ++index) {
        const NetnsContextPtr& netns = frame.namespaces[index];
        if (frame.sampleOf(static_cast<std::uint16_t>(index)).gone)
            continue;
        Known its = std::move(m_known[netns->number]);
        if (its.netns != netns || its.host != host) {
            for (const SettingInfo& info : allSettings()) {
                const auto at = static_cast<std::size_t>(info.id);
                const bool isKnown = valueIn(*netns, info.id) && valueIn(*host, info.id);
                const auto differed = isKnown ? std::optional(differs(*netns, *host, info.id)) : std::nullopt;
                if (differed == its.differed[at])
                    continue;
                its.since[at] = differed == true && its.differed[at] == false ? std::optional(now) : std::nullopt;
                its.differed[at] = differed;
            }
            its.netns = netns;
            its.host = host;
        }
        known.emplace(netns->number, std::move(its));
    }
    m_known = std::move(known);
}

std::optional<DriftLog::Time> DriftLog::since(std::uint32_t number, Setting id) const {
    const auto known = m_known.find(number);
    return known == m_known.end() ? std::nullopt : known->second.since[static_cast<std::size_t>(id)];
}

} // namespace halfopen
