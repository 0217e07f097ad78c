// SPDX-License-Identifier: GPL-3.0-or-later
// The rows that a dump lacks, and what is done once a frame.
#include "core/grades/grader.h"
#include "core/model/cookie_index.h"
#include "core/monitor/frame_builder.h"
#include "core/query/filter.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

namespace halfopen {

/// Timewait sockets and requests come and go by the thousand, and nothing is told of how they end: they are not looked
/// for. Nor are more than take some milliseconds.
bool FrameBuilder::hasEnded(const Row& old) {
    constexpr std::size_t kMostLooks = 1000;
    if (!m_pass.freed.empty() && m_pass.freed.contains(old.connection.cookie))
        return true;
    if (!old.missed)
        return false;
    const bool looks = m_pass.source && !old.connection.isMini() && m_lookedFor < kMostLooks;
    m_lookedFor += looks;
    return !looks || !m_pass.source->isStillThere(old.connection);
}

void FrameBuilder::keepPart(const Row& old) {
    if (const MptcpPart* part = m_previous->mptcpOf(old))
        m_frame->mptcp.push_back(*part);
}

void FrameBuilder::appendAsItWas(const Row& old, bool missed) {
    Row& row = m_frame->rows.emplace_back(old);
    row.missed = missed;
    row.changedAgo = age(old);
    if (!isMarked(row.changedAgo))
        row.change = Change::None;
    if (m_context.lookup)
        lookUp(row, pastOf(&old));
    if (const auto since = m_previous->unreadSince(old))
        m_frame->unread.push_back({old.connection.cookie, old.connection.netnsIndex, *since});
    keepPart(old);
    if (row.connection.state == State::Listen)
        m_frame->listening.push_back({row.connection.netnsIndex, row.connection.local.port});
    if (const Rate rate = m_previous->rateOf(old); rate.sent > 0 || rate.received > 0)
        m_frame->rates.push_back({static_cast<std::uint32_t>(m_frame->rows.size() - 1), rate.sent, rate.received});
    count(row);
}

/// Rows that this dump lacks for the first time.
void FrameBuilder::appendMissed() {
    for (std::size_t index = m_sampleBefore.begin; index < m_sampleBefore.end; ++index) {
        const Row& old = m_previous->rows[index];
        if (m_seen[index] || old.change == Change::Closed || hasEnded(old))
            continue;
        appendAsItWas(old, true);
        if (const auto* past = m_pass.flights ? m_pass.flights->recall(old.connection.cookie) : nullptr)
            m_pass.flights->keep(old.connection.cookie, *past);
        m_names.add(old.connection);
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
    keepPart(old);
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
    std::ranges::sort(frame.mptcp, {}, [](const MptcpPart& one) {
        return std::tuple(one.netnsIndex, one.inode, one.token, one.cookie);
    });
    std::ranges::sort(frame.listening);
    frame.listening.erase(std::unique(frame.listening.begin(), frame.listening.end()), frame.listening.end());
    frame.origin = m_context.origin;
    frame.query = m_context.query;
    frame.sequence = m_previous ? m_previous->sequence + 1 : 1;
    frame.owners = m_previous ? m_previous->owners : std::make_shared<const OwnerTable>();
}

void FrameBuilder::setNetns(std::uint16_t index, NetnsContextPtr netns, NetnsSample sample) {
    Frame& frame = *m_frame;
    if (frame.samples.size() <= index) {
        frame.namespaces.resize(index + std::size_t{1}, netns); // none is ever null
        frame.samples.resize(frame.namespaces.size());
    }
    m_hasNetns.resize(frame.namespaces.size());
    m_hasNetns[index] = true;
    frame.namespaces[index] = std::move(netns);
    frame.samples[index] = sample;
    frame.samples[index].begin = static_cast<std::uint32_t>(m_mark.rows);
    frame.samples[index].end = static_cast<std::uint32_t>(frame.rows.size());
}

void FrameBuilder::endNetns(const SampleSummary& summary) {
    forecastRequests();
    m_requests.markChangedListeners(m_frame->rows);
    appendMissed();
    if (m_pass.flights)
        m_pass.flights->advance();
    NetnsContextPtr netns = m_pass.netns;
    if (netns->netns != summary.netns) {
        auto named = std::make_shared<NetnsContext>(*netns);
        named->netns = summary.netns;
        netns = std::move(named);
    }
    setNetns(m_pass.index, std::move(netns), {.started = summary.start, .taken = summary.end, .exact = summary.exact});
    Frame& frame = *m_frame;
    if (m_pass.index == frame.inViewIndex) {
        frame.started = summary.start;
        frame.taken = summary.end;
    }
    if (!summary.detail.empty())
        frame.detail = summary.detail;
    for (const Sentence& note : summary.notes)
        if (std::ranges::find(frame.notes, note) == frame.notes.end())
            frame.notes.push_back(note);
    if (summary.locked)
        frame.locked = {*summary.locked, m_pass.index};
}

void FrameBuilder::carryNetns(std::uint16_t index, NetnsContextPtr netns) {
    if (m_pass.index == index && m_frame->rows.size() > m_mark.rows)
        restart();
    const bool known = m_previous && index < m_previous->namespaces.size();
    if (!netns && known)
        netns = m_previous->namespaces[index];
    if (!netns)
        return;
    m_mark.rows = m_frame->rows.size();
    const NetnsSample before = sampleBefore(index, *netns);
    for (std::uint32_t row = before.begin; row < before.end; ++row) {
        const Row& old = m_previous->rows[row];
        if (old.change == Change::Closed)
            continue;
        appendAsItWas(old, old.missed);
        m_frame->missed += old.missed;
        m_seen[row] = true;
    }
    setNetns(index, std::move(netns), before);
    if (index == m_frame->inViewIndex) {
        m_frame->started = before.started;
        m_frame->taken = before.taken;
    }
}

void FrameBuilder::leaveNetns(std::uint16_t index) {
    if (!m_previous || index >= m_previous->samples.size())
        return;
    const NetnsSample& before = m_previous->samples[index];
    for (std::uint32_t row = before.begin; row < before.end; ++row) {
        m_seen[row] = true;
        if (m_context.grader)
            m_context.grader->leave(m_previous->rows[row]);
    }
}

/// What closed rows of a namespace that is gone mean.
void FrameBuilder::keepGoneNetns() {
    Frame& frame = *m_frame;
    const std::size_t before = m_previous ? m_previous->namespaces.size() : 0;
    frame.namespaces.resize(std::max(frame.namespaces.size(), before));
    frame.samples.resize(frame.namespaces.size());
    for (std::size_t index = 0; index < before; ++index) {
        if (m_hasNetns.size() > index && m_hasNetns[index])
            continue;
        frame.namespaces[index] = m_previous->namespaces[index];
        frame.samples[index].gone = true;
    }
}

std::shared_ptr<Frame> FrameBuilder::finish() {
    keepGoneNetns();
    appendClosed();
    endFrame();
    return m_frame;
}

std::shared_ptr<Frame> FrameBuilder::finishFailed(Error error) {
    m_mark = {};
    restart();
    m_vanished.clear();
    m_frame->vanished = 0;
    m_seen.assign(m_seen.size(), false);
    Frame& frame = *m_frame;
    frame.error = std::move(error);
    frame.started = frame.taken = m_context.now;
    if (m_previous) {
        for (std::size_t index = 0; index < m_previous->namespaces.size(); ++index)
            carryNetns(static_cast<std::uint16_t>(index));
        for (const Row& old : m_previous->rows)
            if (old.change == Change::Closed)
                appendClosed(old, age(old));
        keepWhatIsKnown();
    }
    endFrame();
    return m_frame;
}

/// What a sample that failed has not told anew, beside the rows.
void FrameBuilder::keepWhatIsKnown() {
    Frame& frame = *m_frame;
    if (m_context.query.selected == m_previous->query.selected) {
        frame.detail = m_previous->detail;
        frame.selected = m_previous->selected;
    }
    frame.units = m_previous->units;
    if (m_context.query.hostNames)
        frame.hostNames = m_previous->hostNames;
    frame.kernelAnswers = m_previous->kernelAnswers;
    frame.locked = m_previous->locked;
    frame.notes = m_previous->notes;
    frame.dead = m_previous->dead;
    frame.brokenPromises = m_previous->brokenPromises;
    frame.forecasts = m_previous->forecasts;
    frame.eventsLost = m_previous->eventsLost;
    frame.activity = m_previous->activity;
    frame.started = m_previous->started;
    frame.taken = m_previous->taken;
}

} // namespace halfopen
