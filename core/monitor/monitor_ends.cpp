// SPDX-License-Identifier: GPL-3.0-or-later
// How connections end: the kernel's events, the records of each namespace, the counts of all.
#include "core/grades/grader.h"
#include "core/history/dead_connections.h"
#include "core/kernel/diag/destroy_events.h"
#include "core/monitor/monitor.h"
#include "core/monitor/process_lookup.h"

#include <sys/epoll.h>

#include <utility>

namespace halfopen {

/// By the tracepoints, which cost nothing that could be measured, lose nothing and tell the error. @return null where
/// they may not be read, or tell of another namespace
std::unique_ptr<EventSource> Monitor::endsOf(const WatchedNetns& netns) {
    if (!m_config.exact || !m_config.exact->ends())
        return nullptr;
    if (!m_ends)
        m_ends = EndRing::open(m_config.exact).value_or(nullptr);
    return m_ends ? m_ends->of(netns.cookie) : nullptr;
}

/// Joining the multicast costs the whole machine some 10 us for each connection that ends, whoever's it is.
void Monitor::openEvents(WatchedNetns& netns) {
    if (netns.events || !netns.access || netns.tier == NetnsTier::Public)
        return;
    if ((netns.events = endsOf(netns)))
        return;
    auto opened = DestroyEvents::open(*netns.access);
    if (opened)
        netns.events = std::move(*opened);
    else
        m_noEvents = opened.error().sentence;
}

/// One descriptor that is readable where any of them is.
void Monitor::pollFor(const NetnsWatch& watch) {
    const auto add = [this](const NetnsWatch& one) {
        epoll_event event{.events = EPOLLIN, .data = {}};
        if (one.eventDescriptor() >= 0)
            epoll_ctl(m_poll.get(), EPOLL_CTL_ADD, one.eventDescriptor(), &event);
    };
    if (!m_poll) {
        m_poll.reset(epoll_create1(EPOLL_CLOEXEC));
        add(first());
    }
    add(watch);
}

/// From now on, what was heard by the multicast so far.
void Monitor::listenExactly() {
    for (const auto& watch : m_watches) {
        if (!watch || !watch->recorder() || watch->netns().tier == NetnsTier::Public)
            continue;
        if (auto ends = endsOf(watch->netns())) {
            watch->listenTo(std::move(ends));
            if (m_poll)
                pollFor(*watch);
        }
    }
}

void Monitor::takeEvents() {
    std::uint64_t lost = 0;
    for (const auto& watch : m_watches)
        if (watch)
            lost += watch->takeEvents();
    m_eventsLost += lost;
    if (m_config.history)
        m_config.history->addLostEvents(lost);
}

int Monitor::eventDescriptor() const {
    return m_poll ? m_poll.get() : first().eventDescriptor();
}

/// What was closed is told to the recorder of its namespace.
void Monitor::note(const CloseNote& close) {
    for (const auto& watch : m_watches) {
        if (!watch || !watch->recorder())
            continue;
        std::vector<std::uint64_t> cookies;
        for (const SocketKey& key : close.sockets)
            if (watch->isOf(key.netns, key.host))
                cookies.push_back(key.cookie);
        watch->recorder()->noteClose(close.step, cookies);
    }
}

std::vector<EndedConnectionPtr> Monitor::recordNetns(NetnsWatch& watch, const FrameBuilder& builder,
                                                     const Frame& frame) {
    // What was broken is reported with the settings of its namespace.
    m_grader->beginSample(frame.namespaces[watch.index()], false, m_origin);
    auto endings = m_config.history->add(watch.recorder()->advance(
        {.before = m_last.get(), .now = &frame, .vanished = builder.vanished(), .released = builder.released()}));
    watch.recorder()->published(endings);
    return endings;
}

/// What ended since the last frame becomes known with this one.
void Monitor::record(const FrameBuilder& builder, Frame& frame) {
    if (!first().recorder())
        return dropPromises(builder);
    frame.eventsLost = m_eventsLost;
    const auto add = [&](NetnsWatch& watch) {
        if (watch.index() >= frame.namespaces.size())
            return;
        auto endings = recordNetns(watch, builder, frame);
        frame.endings.insert(frame.endings.end(), endings.begin(), endings.end());
    };
    for (const auto& watch : m_watches)
        if (watch && watch->isSampled)
            add(*watch);
    for (const auto& watch : m_gone)
        add(*watch);
    m_gone.clear();
}

/// Where nobody records how connections end, what was promised of them is not graded.
void Monitor::dropPromises(const FrameBuilder& builder) {
    for (const std::uint32_t index : builder.vanished())
        m_grader->leave(m_last->rows[index]);
    m_gone.clear();
}

void Monitor::addDead(Frame& frame) {
    std::vector<EndedConnectionPtr> seen;
    for (const auto& watch : m_watches) {
        if (!watch || !watch->recorder())
            continue;
        const auto its = watch->recorder()->dead();
        seen.insert(seen.end(), its.begin(), its.end());
    }
    if (!m_lookup) {
        frame.dead = std::move(seen);
        return;
    }
    if (!m_dead)
        m_dead = std::make_unique<DeadConnections>(m_config.history, frame.namespaces.front());
    frame.dead = m_dead->join(seen, m_lookup->dead(), frame);
}

void Monitor::addActivity(const FrameBuilder& builder, Frame& frame) {
    frame.activity = m_activity.add({.taken = frame.taken,
                                     .appeared = frame.appeared,
                                     .vanished = frame.vanished,
                                     .connections = builder.diagnoses(),
                                     .endings = frame.endings,
                                     .forecasts = frame.forecasts,
                                     .eventsLost = frame.eventsLost});
}

} // namespace halfopen
