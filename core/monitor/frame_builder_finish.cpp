// SPDX-License-Identifier: GPL-3.0-or-later
// The rows that a dump lacks, and what is done once a frame.
#include "core/model/cookie_index.h"
#include "core/monitor/frame_builder.h"
#include "core/query/filter.h"

#include <algorithm>
#include <utility>

namespace halfopen {

/// Timewait sockets and requests come and go by the thousand, and nothing is told of how they end: they are not looked
/// for. Nor are more than take some milliseconds.
bool FrameBuilder::hasEnded(const Row& old) {
    constexpr std::size_t kMostLooks = 1000;
    if (!m_context.freed.empty() && m_context.freed.contains(old.connection.cookie))
        return true;
    if (!old.missed)
        return false;
    const bool looks = m_context.source && !old.connection.isMini() && m_lookedFor < kMostLooks;
    m_lookedFor += looks;
    return !looks || !m_context.source->isStillThere(old.connection);
}

void FrameBuilder::appendAsItWas(const Row& old, bool missed) {
    Row& row = m_frame->rows.emplace_back(old);
    row.missed = missed;
    row.changedAgo = age(old);
    if (!isMarked(row.changedAgo))
        row.change = Change::None;
    if (m_context.lookup)
        lookUp(row, pastOf(&old));
    if (const auto* past = m_context.flights ? m_context.flights->recall(row.connection.cookie) : nullptr)
        m_context.flights->keep(row.connection.cookie, *past);
    if (const auto since = m_previous->unreadSince(old))
        m_frame->unread.push_back({old.connection.cookie, old.connection.netnsIndex, *since});
    for (std::size_t quick = 0; quick < kQuickFilterCount; ++quick)
        m_frame->quickCounts[quick] += matches(static_cast<QuickFilter>(quick), row);
    noteNames(row.connection);
}

/// Rows that this dump lacks for the first time.
void FrameBuilder::appendMissed() {
    for (std::size_t index = 0; index < m_seen.size(); ++index) {
        const Row& old = m_previous->rows[index];
        if (m_seen[index] || old.change == Change::Closed || hasEnded(old))
            continue;
        appendAsItWas(old, true);
        ++m_frame->missed;
        m_seen[index] = true;
    }
}

void FrameBuilder::appendClosed(const Row& old, std::uint8_t ago) {
    if (!isMarked(ago))
        return;
    Row& row = m_frame->rows.emplace_back(old);
    row.change = Change::Closed;
    row.changedAgo = ago;
    row.missed = false;
}

/// Rows that have ended: kept as they last were, for a while.
void FrameBuilder::appendClosed() {
    for (std::size_t index = 0; index < m_seen.size(); ++index) {
        const Row& old = m_previous->rows[index];
        if (m_seen[index])
            continue;
        const bool justClosed = old.change != Change::Closed;
        if (justClosed)
            m_vanished.push_back(static_cast<std::uint32_t>(index));
        m_frame->vanished += justClosed;
        appendClosed(old, justClosed ? std::uint8_t{0} : age(old));
    }
}

void FrameBuilder::endFrame() {
    Frame& frame = *m_frame;
    if (frame.rows.capacity() > frame.rows.size() + frame.rows.size() / 8) // grown without a frame before to go by
        frame.rows.shrink_to_fit();
    indexByCookie(frame.rows, frame.cookieIndex);
    std::ranges::sort(frame.unread, {}, [](const UnreadQueue& one) { return std::pair(one.netnsIndex, one.cookie); });
    frame.origin = m_context.origin;
    frame.query = m_context.query;
    frame.sequence = m_previous ? m_previous->sequence + 1 : 1;
    frame.appearedEver = frame.appeared + (m_previous ? m_previous->appearedEver : 0);
    frame.vanishedEver = frame.vanished + (m_previous ? m_previous->vanishedEver : 0);
    frame.owners = m_previous ? m_previous->owners : std::make_shared<const OwnerTable>();
}

NetnsContextPtr FrameBuilder::sampledNetns(const SampleSummary& summary) const {
    if (m_context.netns->netns == summary.netns)
        return m_context.netns;
    auto told = std::make_shared<NetnsContext>(*m_context.netns);
    told->netns = summary.netns;
    return told;
}

std::shared_ptr<Frame> FrameBuilder::finish(const SampleSummary& summary) {
    foretellRequests();
    appendMissed();
    if (m_context.flights)
        m_context.flights->advance();
    appendClosed();
    endFrame();
    Frame& frame = *m_frame;
    frame.namespaces = {sampledNetns(summary)};
    frame.detail = summary.detail;
    frame.started = summary.start;
    frame.taken = summary.end;
    frame.notes = summary.notes;
    frame.locked = summary.locked;
    return m_frame;
}

std::shared_ptr<Frame> FrameBuilder::finishFailed(Error error) {
    restart();
    Frame& frame = *m_frame;
    frame.error = std::move(error);
    frame.started = frame.taken = m_context.now;
    if (m_previous) {
        for (const Row& old : m_previous->rows) {
            if (old.change == Change::Closed)
                appendClosed(old, age(old));
            else
                appendAsItWas(old, old.missed);
        }
        frame.missed = m_previous->missed;
        frame.namespaces = m_previous->namespaces;
        if (m_context.query.selected == m_previous->query.selected)
            frame.detail = m_previous->detail;
        frame.notes = m_previous->notes;
        frame.dead = m_previous->dead;
        frame.eventsLost = m_previous->eventsLost;
        frame.started = m_previous->started;
        frame.taken = m_previous->taken;
    }
    endFrame();
    return m_frame;
}

} // namespace halfopen
