// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/frame_builder.h"

#include "core/forecast/armed_level.h"
#include "core/forecast/flight_past.h"
#include "core/grades/grader.h"
#include "core/history/wire_proof.h"
#include "core/keepalive/knowledge.h"
#include "core/model/cookie_index.h"
#include "core/model/no_owner.h"
#include "core/monitor/facts.h"
#include "core/monitor/process_lookup.h"
#include "core/monitor/row_room.h"
#include "core/query/filter.h"

#include <sys/mman.h>

#include <algorithm>

namespace halfopen {

namespace {

using Quarters = std::chrono::duration<std::int64_t, std::ratio<1, 4>>;
constexpr int kMostQuarters = 127; // of Row::changedAgo

std::uint8_t saturatedQuarters(std::chrono::nanoseconds time) {
    return static_cast<std::uint8_t>(
        std::clamp<std::int64_t>(std::chrono::round<Quarters>(time).count(), 0, kMostQuarters));
}

std::uint8_t addSaturated(std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(std::min(a + b, kMostQuarters));
}

/// The kernel lists a socket that keeps its local port also when what it was is over: refused, given up, reset, shut
/// down. The socket goes on, and the connection (or the listener) has ended.
bool isOver(const Connection& before, const Connection& now) {
    const auto isAnything = [](State state) { return state != State::Close && state != State::Bound; };
    return isAnything(before.state) && !isAnything(now.state);
}

/// A program has set options in between.
bool wereSet(const KeepaliveOptions& before, const KeepaliveOptions& now) {
    return before.exact() && now.exact() && !(before == now);
}

void widen(Moment& moment, Millis error) {
    moment.earliest -= std::min(error, moment.earliest);
    moment.latest += std::min(error, Millis::max() - moment.latest);
}

/// What another machine's clock shows is known here with an error: nothing is told to its tick.
void widen(Forecast& forecast, std::chrono::nanoseconds clockError) {
    const Millis error = saturate(std::chrono::ceil<std::chrono::milliseconds>(clockError));
    widen(forecast.next, error);
    widen(forecast.givesUp, error);
    forecast.exactPhase = false;
    forecast.endIsPoint = false;
}

} // namespace

FrameBuilder::FrameBuilder(FramePtr previous, Context context)
    : m_previous(std::move(previous))
    , m_context(std::move(context))
    , m_frame(m_context.frame ? std::move(m_context.frame) : std::make_shared<Frame>()) {
    m_frame->inViewIndex = m_context.view.index;
    m_frame->allInView = m_context.view.all;
    if (m_previous) {
        m_seen.resize(m_previous->rows.size());
        makeRoom(m_frame->rows, m_previous->rows.size() + m_previous->rows.size() / 512 + 64);
        m_quarters = saturatedQuarters(m_context.now - m_previous->started);
    }
}

/// The first frame has none before it to go by, and memory that nobody has touched: the kernel clears it on another
/// processor while this one waits for its dump. Where it cannot, the pages come one by one as they are written.
void FrameBuilder::expect(std::size_t connections) {
    if (m_previous)
        return;
    makeRoom(m_frame->rows, connections);
    m_new.reserve(connections);
#ifdef MADV_POPULATE_WRITE
    constexpr std::size_t kWorthAThread = 16'384;
    if (connections >= kWorthAThread)
        m_populated = std::async(std::launch::async | std::launch::deferred, [room = freeRoom(m_frame->rows)] {
            madvise(room.data(), room.size(), MADV_POPULATE_WRITE);
        });
#endif
}

void FrameBuilder::beginNetns(NetnsPass pass) {
    m_pass = std::move(pass);
    m_withoutPhase = {.hz = clock().hz};
    m_grader = m_context.grader;
    m_mark = {.rows = m_frame->rows.size(),
              .unread = m_frame->unread.size(),
              .mptcp = m_frame->mptcp.size(),
              .rates = m_frame->rates.size(),
              .listening = m_frame->listening.size(),
              .released = m_released.size(),
              .appeared = m_frame->appeared,
              .quickCounts = m_frame->quickCounts,
              .inView = m_frame->diagnoses,
              .diagnoses = m_diagnoses};
    m_sampleBefore = sampleBefore(m_pass.index, *m_pass.netns);
    m_otherHost = isOtherHost(m_pass.index, *m_pass.netns);
    m_settingsChanged = !isFirst() && !(m_previous->namespaces[m_pass.index]->sysctls == sysctls());
    m_hint = m_sampleBefore.begin;
    m_requests.clear();
    m_new.clear();
    m_names.interfaces.clear();
    if (m_grader)
        m_grader->beginSample(m_pass.netns, m_settingsChanged, m_context.origin);
}

/// Empty where the frame before has none of it; its place may have been another's, or of another boot of its machine.
NetnsSample FrameBuilder::sampleBefore(std::uint16_t index, const NetnsContext& netns) const {
    const bool known = m_previous && index < m_previous->namespaces.size() &&
                       m_previous->namespaces[index]->number == netns.number && !isOtherHost(index, netns);
    return known ? m_previous->sampleOf(index) : NetnsSample();
}

/// Cookies count from 1 with each boot: those of before are of other sockets.
bool FrameBuilder::isOtherHost(std::uint16_t index, const NetnsContext& netns) const {
    return m_previous && index < m_previous->namespaces.size() &&
           m_previous->namespaces[index]->host->host != netns.host->host;
}

void FrameBuilder::restart() {
    m_frame->rows.resize(m_mark.rows);
    m_frame->unread.resize(m_mark.unread);
    m_frame->mptcp.resize(m_mark.mptcp);
    m_frame->rates.resize(m_mark.rates);
    m_frame->listening.resize(m_mark.listening);
    m_frame->quickCounts = m_mark.quickCounts;
    m_frame->diagnoses = m_mark.inView;
    m_frame->appeared = m_mark.appeared;
    const auto isHere = [this](std::uint32_t row) { return row >= m_sampleBefore.begin && row < m_sampleBefore.end; };
    m_frame->vanished -= static_cast<std::uint32_t>(std::erase_if(m_vanished, isHere)); // those that isOver() found
    m_diagnoses = m_mark.diagnoses;
    if (m_context.lookup)
        m_context.lookup->beginSampleAgain();
    m_requests.clear();
    if (m_pass.flights)
        m_pass.flights->restart();
    std::fill(m_seen.begin() + m_sampleBefore.begin, m_seen.begin() + m_sampleBefore.end, false);
    m_new.clear();
    m_released.resize(m_mark.released);
    m_hint = m_sampleBefore.begin;
    m_grader = nullptr; // nothing is graded twice
}

/// @param listed  set where this dump had it before
const Row* FrameBuilder::previousOf(const Connection& connection, bool& listed) {
    const std::uint64_t cookie = connection.cookie;
    const auto isListed = [&] { return !m_new.insert(cookie); };
    if (!m_previous || m_otherHost) {
        listed = isListed();
        return nullptr;
    }
    const auto& rows = m_previous->rows;
    if (m_hint >= m_sampleBefore.end || rows[m_hint].connection.cookie != cookie) {
        const auto found = findCookie(rows, m_previous->cookieIndex, cookie, m_pass.index);
        if (!found) {
            listed = isListed();
            return nullptr;
        }
        m_hint = *found;
    }
    listed = m_seen[m_hint] && cookie != 0;
    m_seen[m_hint] = true;
    return &rows[m_hint++];
}

/// A socket that the last dump did not have began after it; what its timer shows now is its first arming.
Past FrameBuilder::pastOf(const Row* before) const {
    if (before)
        return {.connection = &before->connection, .options = &before->options};
    return {.notThere = lackedSince()};
}

void FrameBuilder::add(const Connection& sampled) {
    place(sampled, nullptr);
}

void FrameBuilder::addExact(const Connection& sampled, const ExactFacts& facts) {
    place(sampled, &facts);
}

void FrameBuilder::addToken(std::uint64_t cookie, std::uint32_t token) {
    if (!m_frame->mptcp.empty() && m_frame->mptcp.back().cookie == cookie) // else it was not taken
        m_frame->mptcp.back().token = token;
}

void FrameBuilder::learnOptions(Row& row, const Row* before, const ExactFacts* facts) const {
    if (facts && facts->options) {
        takeExact(*facts, sysctls(), row.options);
        if (m_context.lookup)
            row.ownerUnknown = m_context.lookup->considerOwner(row.connection);
        return;
    }
    Past past = pastOf(before);
    KeepaliveOptions followed;
    if (before && m_settingsChanged) {
        followed = before->options;
        demoteInferred(m_previous->sysctlsOf(*before), followed);
        past.options = &followed;
    }
    learn(row.connection, past, sysctls(), row.options);
    if (m_context.lookup)
        lookUp(row, past);
}

void FrameBuilder::place(const Connection& sampled, const ExactFacts* facts) {
    if (!m_pass.ownCookies.empty() && m_pass.ownCookies.contains(sampled.cookie))
        return;
    bool listed = false;
    const Row* before = previousOf(sampled, listed);
    if (listed)
        return;
    const bool over = before && before->change != Change::Closed && isOver(before->connection, sampled);
    if (over) {
        m_vanished.push_back(static_cast<std::uint32_t>(before - m_previous->rows.data()));
        ++m_frame->vanished;
        before = nullptr; // what was learnt of it is over, too
    }
    Row& row = m_frame->rows.emplace_back();
    Connection& connection = row.connection;
    connection = sampled;
    connection.netnsIndex = m_pass.index;
    row.ownerUnknown = whyNoOwner(connection);
    learnOptions(row, before, facts);
    const auto index = static_cast<std::uint32_t>(m_frame->rows.size() - 1);
    const bool changed = !facts && connection.isNotAccepted() && inheritFrom(row, before);
    if (connection.state == State::SynRecv)
        m_requests.add(row, index, facts); // what its listener decides is not known before the dump is over
    else
        forecastRow(row, before, nullptr, facts, changed);
    if (connection.state == State::Listen) {
        m_requests.addListener(row, index);
        m_frame->listening.push_back({connection.netnsIndex, connection.local.port});
    }
    notePart(connection);
    if (facts && facts->options && connection.isNotAccepted())
        m_requests.addWaiting(index);
    noteMoved(index, before);
    row.diagnosis = diagnose(connection, row.options, row.forecast);
    if (over)
        row.change = Change::Changed;
    else
        compare(row, before);
    m_frame->appeared += !over && isNew(before);
    if (connection.state != State::SynRecv)
        grade(row, before);
    count(row);
    remember(row, before);
    m_names.add(connection);
}

/// What is known about a connection beside its sample.
Surroundings FrameBuilder::surroundingsOf(const Row& row, const Row* before, const ExactFacts* facts) {
    const Connection& connection = row.connection;
    Surroundings around{.machine = m_context.machine, .exact = facts};
    if (before && before->change != Change::Closed) {
        around.before = &before->connection;
        around.heldBefore = before->forecast.conditions;
    }
    if (m_pass.paths && isWorthAPath(connection, row.options))
        around.path = m_pass.paths->of(connection);
    if (m_pass.flights && needsPast(connection)) {
        around.past = m_pass.flights->recall(connection.cookie);
        const auto past = halfopen::remember(connection, row.options, sysctls(), clock(), around);
        around.past = m_pass.flights->keep(connection.cookie, past);
    }
    return around;
}

/// @return whether its listener has other options now than this connection got from it
bool FrameBuilder::inheritFrom(Row& row, const Row* before) const {
    const bool said =
        before && before->connection.isNotAccepted() && before->forecast.conditions.has(Condition::ListenerChanged);
    const KeepaliveOptions* known = before && before->connection.isNotAccepted() ? &before->options : nullptr;
    return inherit(row.connection, known, row.options) || said;
}

void FrameBuilder::forecastRow(Row& row, const Row* before, const ListenerFacts* listener, const ExactFacts* facts,
                               bool listenerChanged) {
    Surroundings around = surroundingsOf(row, before, facts);
    around.listener = listener;
    around.listenerChanged = listenerChanged;
    const bool reset = around.before && wereSet(before->options, row.options);
    row.armedLevel = armedLevel(row.connection, around.before, around.before ? before->armedLevel : 0, reset,
                                around.before ? around.before->sampled : lackedSince(), clock());
    around.armedLevel = row.armedLevel;
    // Off by a tick, a timer can look to be due a whole granule of the wheel early or late: then a band is the truth.
    const bool late = !facts && (!row.connection.tickCertain || m_context.machine.ticksLate);
    row.forecast = forecast(row.connection, row.options, sysctls(), late ? m_withoutPhase : clock(), around);
    row.forecast.conditions.add(factsOf(row.connection, noteUnread(row, before)));
    if (m_pass.clockError.count() > 0)
        widen(row.forecast, m_pass.clockError);
}

/// Of a connection that has lost its last subflow the kernel tells no token without a lock: it has the inode that its
/// subflows had.
void FrameBuilder::notePart(const Connection& connection) {
    const bool whole = connection.upperLayer == UpperLayer::MptcpWithoutSubflow;
    if (!whole && (connection.upperLayer != UpperLayer::Mptcp || connection.state == State::Listen))
        return;
    MptcpPart part{connection.cookie, 0, connection.inode, connection.netnsIndex};
    if (whole && m_previous && !isFirst()) {
        const auto subflow = std::ranges::find_if(
            m_previous->mptcp, [&](const MptcpPart& one) { return one.token != 0 && one.isOfOneWith(part); });
        part.token = subflow == m_previous->mptcp.end() ? 0 : subflow->token;
    }
    m_frame->mptcp.push_back(part);
}

/// How much moved since the sample before, which the counters tell.
void FrameBuilder::noteMoved(std::uint32_t index, const Row* before) {
    const Connection& now = m_frame->rows[index].connection;
    if (!before || !now.info.hasBytes() || !before->connection.info.hasBytes())
        return;
    const TcpInfo& then = before->connection.info;
    const std::uint64_t sent = now.info.bytesAcked - std::min(then.bytesAcked, now.info.bytesAcked);
    const std::uint64_t received = now.info.bytesReceived - std::min(then.bytesReceived, now.info.bytesReceived);
    const float seconds = std::chrono::duration<float>(now.sampled - before->connection.sampled).count();
    if ((sent != 0 || received != 0) && seconds > 0)
        m_frame->rates.push_back({index, static_cast<float>(sent) / seconds, static_cast<float>(received) / seconds});
}

/// Since when its receive queue was not read, which the frame keeps for the next one.
std::optional<MonotonicTime> FrameBuilder::noteUnread(const Row& row, const Row* before) {
    if (row.connection.receiveQueue == 0)
        return std::nullopt;
    const auto since = unreadSince(row.connection, before ? &before->connection : nullptr,
                                   before ? m_previous->unreadSince(*before) : std::nullopt);
    if (since)
        m_frame->unread.push_back({row.connection.cookie, m_pass.index, *since});
    return since;
}

void FrameBuilder::forecastRequests() {
    m_requests.count(m_frame->rows, sysctls());
    for (const std::uint32_t index : m_requests.rows()) {
        Row& row = m_frame->rows[index];
        const auto* before = m_previous ? m_previous->find(row.connection.cookie, m_pass.index) : nullptr;
        forecastRow(row, before, m_requests.of(row.connection), m_requests.exactOf(index));
        grade(row, before);
    }
}

void FrameBuilder::grade(Row& row, const Row* before) const {
    if (before && m_grader)
        m_grader->compare(*before, row);
}

void FrameBuilder::lookUp(Row& row, const Past& past) const {
    row.ownerUnknown = m_context.lookup->consider(row.connection, past, row.options);
    if (!row.options.exact())
        row.unread = m_context.lookup->refusalOf(rowKeyOf(row.connection));
}

/// What its end will be classified by: which states it was in, and since when it has been seen.
void FrameBuilder::remember(Row& row, const Row* before) {
    row.statesSeen = seenBit(row.connection.state);
    if (!before) {
        constexpr std::int64_t kLongest = (1 << 27) - 1;
        using Tenths = std::chrono::duration<std::int64_t, std::deci>;
        const auto since = std::chrono::floor<Tenths>(m_context.now - m_context.origin).count();
        row.firstSeenTenths = static_cast<std::uint32_t>(std::clamp<std::int64_t>(since, 0, kLongest));
        if (isFirst())
            row.statesSeen = row.statesSeen | seen::ThereBefore;
        return;
    }
    row.firstSeenTenths = before->firstSeenTenths;
    row.statesSeen = row.statesSeen | before->statesSeen;
    if (before->connection.inode != 0 && row.connection.inode == 0)
        m_released.push_back(static_cast<std::uint32_t>(before - m_previous->rows.data()));
}

/// What the first sample has was there before.
bool FrameBuilder::isNew(const Row* before) const {
    return !isFirst() && (!before || before->change == Change::Closed);
}

/// A row is marked when what a person would call its state changed, not for every counter.
void FrameBuilder::compare(Row& row, const Row* before) const {
    if (!before || before->change == Change::Closed) {
        row.change = isNew(before) ? Change::New : Change::None;
        return;
    }
    if (row.diagnosis != before->diagnosis || row.connection.state != before->connection.state) {
        row.change = Change::Changed;
        return;
    }
    row.changedAgo = age(*before);
    row.change = isMarked(row.changedAgo) ? before->change : Change::None;
}

bool FrameBuilder::isMarked(std::uint8_t quarters) {
    return Quarters(quarters) < kMarkFor;
}

std::uint8_t FrameBuilder::age(const Row& row) const {
    return addSaturated(row.changedAgo, m_quarters);
}

void FrameBuilder::count(const Row& row) {
    ++m_diagnoses[static_cast<std::size_t>(row.diagnosis)];
    if (!m_frame->isInView(row))
        return;
    for (std::size_t quick = 0; quick < kQuickFilterCount; ++quick)
        m_frame->quickCounts[quick] += matches(static_cast<QuickFilter>(quick), row);
    ++m_frame->diagnoses[static_cast<std::size_t>(row.diagnosis)];
}

} // namespace halfopen
