// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/given_readings.h"

#include "core/keepalive/knowledge.h"

#include <utility>

namespace halfopen {
namespace {

void followOne(std::int32_t value, std::int32_t setting, Provenance& from) {
    if (from == Provenance::Exact && value == setting)
        from = Provenance::Assumed;
}

} // namespace

void GivenReadings::add(std::uint16_t netnsIndex, std::vector<SocketReading> readings, std::uint32_t sample) {
    for (SocketReading& reading : readings) {
        if (!reading.options && reading.owners.empty())
            continue;
        Given& given = m_given[{reading.cookie, netnsIndex}];
        given.sample = sample;
        if (reading.options) {
            m_untaken += !given.options;
            given.options = *reading.options;
        }
        if (!reading.owners.empty() && reading.owners != given.owners) {
            given.owners = std::move(reading.owners);
            m_changed = true;
        }
    }
}

void GivenReadings::disown(const RowKey& socket) {
    const auto found = m_given.find(socket);
    if (found == m_given.end() || found->second.owners.empty())
        return;
    found->second.owners.clear();
    m_changed = true;
}

void GivenReadings::clear() {
    m_given.clear();
    m_untaken = 0;
    m_changed = true;
}

OwnerUnknown GivenReadings::lookUp(const Connection& now, OwnerUnknown looked, std::uint32_t sample) {
    const auto found = m_given.find(rowKeyOf(now));
    if (found == m_given.end())
        return looked;
    Given& given = found->second;
    given.sample = sample;
    if (std::exchange(given.inode, now.inode) != now.inode)
        m_changed = true;
    return now.inode != 0 && !given.owners.empty() ? OwnerUnknown::Known : looked;
}

std::optional<KeepaliveOptions> GivenReadings::take(const RowKey& socket) {
    if (m_untaken == 0)
        return std::nullopt;
    const auto found = m_given.find(socket);
    if (found == m_given.end() || !found->second.options)
        return std::nullopt;
    --m_untaken;
    return std::exchange(found->second.options, std::nullopt);
}

const OwnerTablePtr& GivenReadings::over(const OwnerTablePtr& looked) {
    if (m_given.empty() && !m_changed)
        return looked;
    if (!m_changed && m_looked == looked)
        return m_merged;
    auto merged = std::make_shared<OwnerTable>(*looked);
    for (const auto& [cookie, given] : m_given)
        if (given.inode != 0 && !given.owners.empty())
            merged->try_emplace(given.inode, given.owners);
    m_looked = looked;
    m_merged = std::move(merged);
    m_changed = false;
    return m_merged;
}

void GivenReadings::dropBefore(std::uint32_t sample) {
    const std::size_t dropped = std::erase_if(m_given, [&](const auto& entry) {
        const bool old = entry.second.sample < sample;
        m_untaken -= old && entry.second.options;
        return old;
    });
    m_changed = m_changed || dropped > 0;
}

void followSettings(const TcpSysctls& before, const TcpSysctls& now, KeepaliveOptions& options) {
    followOne(options.idleSeconds, before.keepaliveTime, options.idleFrom);
    followOne(options.intervalSeconds, before.keepaliveInterval, options.intervalFrom);
    followOne(options.probes, before.keepaliveProbes, options.probesFrom);
    assumeFrom(now, options);
}

} // namespace halfopen
