// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/netns_watch.h"

#include "core/kernel/bpf/exact_source.h"
#include "core/kernel/sysctl/tracking_reader.h"
#include "core/model/settings.h"

#include <utility>

namespace halfopen {

namespace {

/// Nobody can read them: the kernel's defaults stand for all of them.
TcpSysctls unreadSettings() {
    TcpSysctls sysctls;
    sysctls.unread = static_cast<std::uint16_t>((1U << allSettings().size()) - 1);
    return sysctls;
}

} // namespace

NetnsWatch::NetnsWatch(WatchedNetns netns, std::uint16_t index, std::uint32_t number)
    : m_netns(std::move(netns))
    , m_index(index)
    , m_number(number)
    , m_paths(m_netns.source->live() ? m_netns.source->paths() : nullptr)
    , m_recorded(m_netns.source->machineFacts())
    , m_context({.cookie = m_netns.cookie,
                 .tier = m_netns.tier,
                 .name = m_netns.name,
                 .number = number,
                 .inside = m_netns.inside},
                m_netns.access) {
    if (m_netns.tier == NetnsTier::Own)
        m_ownSettings.emplace();
    if (m_netns.access && m_netns.tier != NetnsTier::Own) {
        m_settings = m_netns.access->settings("ipv4");
        m_mptcpSettings = m_netns.access->settings("mptcp");
    }
    if (m_netns.access && !m_recorded && m_netns.source->live())
        m_netfilter = m_netns.access->settings("netfilter");
    if (m_recorded)
        m_sysctls = m_recorded->sysctls;
    if (m_recorded && (!m_netns.source->live() || m_recorded->host != 0))
        m_context.setRecorded(m_recorded->netnsCookie, m_recorded->netnsName);
}

void NetnsWatch::openRecorder(Grader* grader) {
    m_recorder.emplace(m_netns.events && !m_netns.events->tellsAtOnce(), grader, m_index);
}

void NetnsWatch::listenTo(std::unique_ptr<EventSource> events) {
    takeEvents(); // of those before
    m_netns.events = std::move(events);
    if (m_recorder)
        m_recorder->expectEvents(!m_netns.events->tellsAtOnce());
}

void NetnsWatch::lookExactly(const ExactProgramsPtr& programs, const DumpReaderPtr& reader) {
    if (!m_netns.access)
        return;
    if (auto exact = ExactSource::open(programs, m_netns.access, reader)) {
        m_netns.source = std::move(*exact);
        m_paths = m_netns.source->paths();
    }
}

std::optional<TcpSysctls> NetnsWatch::readSettings(MonotonicTime now, bool inView) {
    constexpr std::chrono::seconds kEvery{10};
    TcpSysctls read;
    if (m_recorded) {
        m_recorded = m_netns.source->machineFacts();
        read = m_recorded->sysctls;
    } else if (m_ownSettings) {
        read = m_ownSettings->read();
    } else if (m_netns.settings) {
        read = *m_netns.settings;
    } else if (inView || now >= m_nextSettings) {
        m_nextSettings = now + kEvery;
        read = m_settings ? readTcpSysctlsIn(m_settings.get(), m_mptcpSettings.get()) : unreadSettings();
    } else {
        return std::nullopt;
    }
    if (read == m_sysctls)
        return std::nullopt;
    return std::exchange(m_sysctls, read);
}

std::uint64_t NetnsWatch::takeEvents() {
    if (!m_recorder || !m_netns.events)
        return 0;
    m_drained.clear();
    const EventDrain drained = m_netns.events->drain(m_drained);
    const std::uint64_t lost = std::uint64_t{drained.lost} + drained.damaged;
    m_recorder->add(m_drained, lost);
    return lost;
}

/// The module may be loaded later, and counts all the time: neither is worth a look at each sample.
void NetnsWatch::readTracking(MonotonicTime now) {
    constexpr std::chrono::seconds kEvery{10};
    if (now < m_nextTracking || !m_netns.access || m_recorded || !m_netns.source->live())
        return;
    m_nextTracking = now + kEvery;
    if (!m_netfilter && m_netns.tier == NetnsTier::Own)
        m_netfilter = m_netns.access->settings("netfilter");
    m_context.setTracking(readConnectionTracking(m_netfilter.get()));
    if (!m_services)
        m_services.emplace(m_netns.access);
    m_context.setServices(m_services->read());
}

std::optional<TrackedFlow> NetnsWatch::trackedFlow(const Connection& connection) {
    if (!m_netns.access || m_recorded || !m_netns.source->live())
        return std::nullopt;
    if (!m_flowReader)
        m_flowReader.emplace(m_netns.access);
    TrackedFlow flow = m_flowReader->read(connection);
    flow.netnsIndex = m_index;
    return flow;
}

FrameBuilder::NetnsPass NetnsWatch::beginSample(const HostContextPtr& host, MonotonicTime now) {
    readTracking(now);
    FrameBuilder::NetnsPass pass{
        .netns = m_context.begin(host, m_sysctls), .index = m_index, .source = m_netns.source.get()};
    if (m_netns.source->live())
        pass.flights = &m_flights;
    if (m_paths)
        m_paths->beginSample();
    pass.paths = m_paths.get();
    if (m_recorded && m_recorded->host != 0)
        pass.clockError = m_recorded->clockError;
    if (m_recorder)
        pass.freed = m_recorder->freedBefore(now);
    return pass;
}

NetnsContextPtr NetnsWatch::finishSample(const NetnsContextPtr& sampled, const HostContextPtr& host) {
    return m_context.finish(sampled, host, m_interfaces, m_recorded ? &*m_recorded : nullptr);
}

} // namespace halfopen
