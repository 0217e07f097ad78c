// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/recorder.h"

#include "core/grades/grader.h"
#include "core/history/wire_proof.h"

#include <algorithm>
#include <utility>

namespace halfopen {

namespace {

// A socket that becomes a timewait socket is freed about 2 ms around that moment: an event so fresh is set against the
// next dump.
constexpr std::chrono::milliseconds kSettle{10};
// The answer to a close comes within this time after the kernel has done it, also of thousands in one call.
constexpr std::chrono::seconds kAnswerWithin{10};
// What is remembered of sockets whose descriptors are never closed has an end.
constexpr std::size_t kMostDead = 100'000;
// An hour of samples: of what ended before that, the oldest of these came after its end as well.
constexpr std::size_t kMostDumps = 3600;

bool isConnection(const Connection& connection) {
    return connection.state != State::Close && connection.state != State::Bound; // bound, never connected
}

/// Sockets that never were connections are freed too; one that was thrown away has kept its peer's address.
bool wasConnection(const Connection& event) {
    return event.remote.port != 0 || !event.remote.address.isUnspecified();
}

bool isSettled(const DestroyEvent& event, MonotonicTime dumpStart) {
    return event.connection.sampled + kSettle <= dumpStart;
}

/// When something was heard last of what ended; its opening counts.
MonotonicTime heardOf(const Connection& event) {
    const auto age = event.receivedAge().value_or(event.info.lastDataSent); // never set: nothing has come
    return event.sampled - std::chrono::milliseconds(age.count());
}

/// When the namespace was sampled; of one that is gone, when it was found to be.
NetnsSample sampleIn(const Frame& frame, std::uint16_t netns) {
    const NetnsSample sample = frame.sampleOf(netns);
    return sample.started != MonotonicTime{} ? sample : NetnsSample{frame.started, frame.taken, 0, 0};
}

/// That it belongs to, as far as it is known.
ProcessUnit unitOf(const Frame& frame, const Row& row) {
    const ProcessUnit* const unit = frame.unitOf(row);
    return unit ? *unit : ProcessUnit{};
}

} // namespace

bool Recorder::isListed(const Frame& frame, std::uint64_t cookie) const {
    const Row* row = frame.find(cookie, m_netnsIndex);
    return row && row->change != Change::Closed && !row->missed;
}

bool Recorder::isMissed(const Frame& frame, std::uint64_t cookie) const {
    const Row* row = frame.find(cookie, m_netnsIndex);
    return row && row->missed;
}

void Recorder::add(std::span<const DestroyEvent> events, std::uint64_t lost) {
    m_waiting.insert(m_waiting.end(), events.begin(), events.end());
    m_lost += lost;
    if (lost == 0)
        return;
    for (const auto& [cookie, record] : m_dead) // their descriptors may have been closed without a word
        m_ignored.insert(cookie);
    m_dead.clear();
}

std::unordered_set<std::uint64_t> Recorder::freedBefore(MonotonicTime start) const {
    std::unordered_set<std::uint64_t> cookies;
    for (const DestroyEvent& event : m_waiting) {
        if (isSettled(event, start))
            cookies.insert(event.connection.cookie);
    }
    return cookies;
}

void Recorder::noteClose(CloseStep step, std::span<const std::uint64_t> cookies) {
    for (const std::uint64_t cookie : cookies) {
        m_closing.erase(cookie);
        m_closedByHalfopen.erase(cookie);
        m_resetByHalfopen.erase(cookie);
        if (step == CloseStep::Asked)
            m_closing.insert(cookie);
        if (step == CloseStep::Reset)
            m_resetByHalfopen.insert(cookie);
        if (step == CloseStep::Done || step == CloseStep::Reset)
            m_closedByHalfopen.insert(cookie);
    }
}

/// It has ended while a close of it was asked for: whether by that, the answer tells, which comes soon after the kernel
/// has done it. Where it does not come, the connection has ended by itself, perhaps behind an open dialog.
bool Recorder::isAwaited(std::uint64_t cookie, const Pending& pending, const Frame& now) {
    return m_closing.contains(cookie) && sampleIn(now, m_netnsIndex).taken - pending.observed.missed < kAnswerWithin;
}

Recorder::Identity Recorder::identify(const Frame& frame, const Row& row) {
    const auto& owners = frame.ownersOf(row);
    return {.uid = row.connection.uid,
            .inode = row.connection.inode,
            .user = std::string(frame.userOf(row)),
            .interface = std::string(frame.interfaceOf(row)),
            .owners = owners,
            .ownersUnknown = row.ownerUnknown,
            .unit = unitOf(frame, row),
            .options = row.options,
            .lastLife = lastLife(row.connection)};
}

void Recorder::keepIdentities(const Step& step) {
    for (const std::uint32_t index : step.released) {
        const Row& row = step.before->rows[index];
        if (isOwn(row))
            m_identities.insert_or_assign(row.connection.cookie, identify(*step.before, row));
    }
}

void Recorder::addVanished(const Step& step) {
    const NetnsSample before = step.before ? sampleIn(*step.before, m_netnsIndex) : NetnsSample{};
    const NetnsSample now = sampleIn(*step.now, m_netnsIndex);
    for (const std::uint32_t index : step.vanished) {
        const Row& row = step.before->rows[index];
        const std::uint64_t cookie = row.connection.cookie;
        if (!isOwn(row) || !isConnection(row.connection))
            continue;
        Pending pending;
        pending.observed.last = {row.connection, row.options, row.forecast};
        pending.observed.states = static_cast<std::uint8_t>(row.statesSeen);
        pending.observed.missed = row.missed ? before.taken : now.taken;
        pending.lostBefore = row.missed ? m_lostEarlier : m_lostBefore;
        pending.firstSeen = step.before->origin + std::chrono::milliseconds(row.firstSeenTenths * std::int64_t{100});
        pending.key = step.before->keyOf(row);
        pending.netnsName = step.before->netnsOf(row).name;
        pending.local = row.connection.local;
        pending.remote = row.connection.remote;
        if (m_grader)
            pending.promise = m_grader->leave(row);
        pending.listenerGone =
            row.connection.state == State::SynRecv && !step.now->listens(m_netnsIndex, row.connection.local.port);
        if (auto kept = m_identities.extract(cookie))
            pending.identity = std::move(kept.mapped());
        else if (!row.connection.isMini())
            pending.identity = identify(*step.before, row);
        m_pending.insert_or_assign(cookie, std::move(pending));
    }
}

void Recorder::joinEvents(const Step& step) {
    std::vector<DestroyEvent> waiting;
    waiting.swap(m_waiting);
    m_minis.reset();
    for (const DestroyEvent& event : waiting) {
        if (!join(event, step))
            m_waiting.push_back(event);
    }
}

void Recorder::Pending::take(const DestroyEvent& event) {
    if (event.what != DestroyEvent::What::Released) {
        observed.event = event;
        return;
    }
    observed.released = true;
    observed.disconnected = event.disconnected;
}

/// @return false where the next dump has to be waited for
bool Recorder::join(const DestroyEvent& event, const Step& step) {
    const std::uint64_t cookie = event.connection.cookie;
    if (const auto pending = m_pending.find(cookie); pending != m_pending.end()) {
        pending->second.take(event);
        return true;
    }
    const bool ends = event.what == DestroyEvent::What::Ended; // a dead one can be connected anew
    if ((!ends && m_dead.erase(cookie) > 0) || m_ignored.contains(cookie))
        return true;
    if (!isSettled(event, sampleIn(*step.now, m_netnsIndex).started) || isMissed(*step.now, cookie))
        return false;
    if (event.what != DestroyEvent::What::Released && !isForeign(event) && !goesOn(event, step))
        addUnsampled(event, step);
    return true;
}

/// As a timewait socket. It has the same cookie where the socket had one when it turned into it; a socket that nobody
/// had looked at till then had none.
bool Recorder::goesOn(const DestroyEvent& event, const Step& step) {
    if (isListed(*step.now, event.connection.cookie)) // what has ended just now may keep its port and be listed for it
        return event.what != DestroyEvent::What::Ended ||
               isConnection(step.now->find(event.connection.cookie, m_netnsIndex)->connection);
    if (!m_minis) {
        m_minis.emplace();
        for (const Row& row : step.now->rows) {
            if (isOwn(row) && row.connection.isMini() && row.change != Change::Closed)
                m_minis->emplace(row.connection.local, row.connection.remote);
        }
    }
    return m_minis->contains({event.connection.local, event.connection.remote});
}

/// It was no connection, or it ended before looking began and only its descriptor has been closed now.
bool Recorder::isForeign(const DestroyEvent& event) const {
    if (m_begun == MonotonicTime{} || event.connection.sampled <= m_begun || !wasConnection(event.connection))
        return true;
    if (event.what == DestroyEvent::What::Ended)
        return false;
    const TcpInfo& info = event.connection.info;
    return info.bytesAcked + info.bytesReceived > 0 && heardOf(event.connection) + kSettle < m_begun;
}

void Recorder::addUnsampled(const DestroyEvent& event, const Step& step) {
    Pending pending;
    pending.observed.event = event;
    pending.observed.missed = sampleIn(*step.now, m_netnsIndex).taken;
    // The kernel tells of what it frees when it finds the time, and frees what a program holds when that is closed: the
    // first dump that lacked it meanwhile came after the end.
    const auto lacked = std::ranges::upper_bound(m_dumps, heardOf(event.connection) + kSettle);
    const bool later = event.what != DestroyEvent::What::Ended;
    if (later && lacked != m_dumps.end() && *lacked < event.connection.sampled)
        pending.observed.missed = *lacked;
    pending.lostBefore = m_lostBefore;
    if (event.connection.remote.port != 0)
        pending.observed.passive = step.now->listens(m_netnsIndex, event.connection.local.port);
    const NetnsContext& netns = *step.now->namespaces[m_netnsIndex];
    pending.key = keyIn(netns, event.connection.cookie);
    pending.netnsName = netns.name;
    Row row; // as much of it as its end says
    row.connection = event.connection;
    row.connection.netnsIndex = m_netnsIndex;
    row.connection.inode = 0;
    pending.unit = unitOf(*step.now, row);
    pending.local = event.connection.local;
    pending.remote = event.connection.remote;
    m_pending.emplace(event.connection.cookie, std::move(pending));
}

void Recorder::tellLook(const Pending& pending, EndedConnection& record) const {
    const LastObservations& observed = pending.observed;
    const LastObservations::Look& last = *observed.last;
    const Forecast& then = last.forecast;
    record.lastState = last.connection.state;
    record.firstSeen = m_clock.instant(pending.firstSeen);
    record.thereBefore = (observed.states & seen::ThereBefore) != 0;
    record.lastSeen = m_clock.instant(last.connection.sampled);
    record.optionsKnown = true;
    record.options = last.options;
    record.regime = then.regime;
    record.cause = then.cause;
    if (then.hasAllowed)
        record.allowed = then.allowed;
    if (then.cause != GiveUpCause::None)
        record.forecastEnd =
            m_clock.instant(last.connection.sampled + std::chrono::milliseconds(then.givesUp.expected.count()));
}

void Recorder::tellIdentity(Identity&& identity, EndedConnection& record) const {
    record.uid = identity.uid;
    record.user = std::move(identity.user);
    record.interface = std::move(identity.interface);
    record.inode = identity.inode;
    record.owners = std::move(identity.owners);
    record.ownersUnknown = identity.ownersUnknown;
    record.unit = std::move(identity.unit);
    record.options = identity.options;
    if (!record.lastLife && identity.lastLife)
        record.lastLife = m_clock.instant(*identity.lastLife);
}

void Recorder::grade(const Pending& pending, const ClassifiedEnding& classified, EndedConnection& record) const {
    if (!m_grader || !pending.observed.last)
        return;
    const LastObservations& observed = pending.observed;
    const auto disconnected = [](const EndingEvidence& one) { return one.code == EndingEvidence::Code::Disconnected; };
    if (pending.promise)
        record.grade = m_grader->end(
            *pending.promise, {.last = {observed.last->connection, observed.last->options, observed.last->forecast},
                               .event = observed.event ? &*observed.event : nullptr,
                               .missed = observed.missed,
                               .askedFor = observed.closedByHalfopen,
                               .disconnected = std::ranges::any_of(classified.evidence, disconnected),
                               .listenerGone = pending.listenerGone});
    record.broken = m_grader->broken(pending.key);
}

EndedConnection Recorder::recordFor(std::uint64_t cookie, Pending&& pending) {
    LastObservations& observed = pending.observed;
    observed.closedByHalfopen = m_closedByHalfopen.erase(cookie) > 0;
    observed.resetByHalfopen = m_resetByHalfopen.erase(cookie) > 0;
    observed.eventsLost = m_lost - pending.lostBefore;
    observed.eventExpected = m_eventsReported && observed.eventsLost == 0;
    ClassifiedEnding classified = classify(observed);
    EndedConnection record;
    record.cookie = cookie;
    record.netns = pending.key.netns;
    record.netnsName = std::move(pending.netnsName);
    record.unit = std::move(pending.unit);
    record.host = pending.key.host;
    record.local = pending.local;
    record.remote = pending.remote;
    record.sampled = observed.last.has_value();
    record.ending = classified.ending;
    record.confidence = classified.confidence;
    grade(pending, classified, record);
    record.evidence = std::move(classified.evidence);
    const bool subflow = observed.last && observed.last->connection.upperLayer == UpperLayer::Mptcp;
    record.errorNumber = subflow ? 0 : classified.errorNumber; // its program has the whole, and is told nothing of it
    record.unanswered = classified.unanswered;
    record.ended = m_clock.instant(classified.ended);
    record.firstMissed = record.lastSeen = m_clock.instant(observed.missed);
    if (classified.lastLife)
        record.lastLife = m_clock.instant(*classified.lastLife);
    if (observed.last)
        tellLook(pending, record);
    if (pending.identity)
        tellIdentity(std::move(*pending.identity), record);
    const bool listener = observed.last && observed.last->connection.state == State::Listen;
    if ((observed.isDeadSocket() || observed.isHeld()) && !listener && m_dead.size() < kMostDead)
        m_dead.emplace(cookie, nullptr);
    return record;
}

std::vector<EndedConnection> Recorder::advance(const Step& step) {
    const HostContext& host = *step.now->namespaces[m_netnsIndex]->host;
    m_clock.note(host.fromHere(MonotonicClock::now()), std::chrono::system_clock::now());
    keepIdentities(step);
    addVanished(step);
    joinEvents(step);
    std::erase_if(m_dead, [&](const auto& one) { // a socket can be connected anew
        return isListed(*step.now, one.first) && isConnection(step.now->find(one.first, m_netnsIndex)->connection);
    });
    std::vector<EndedConnection> records;
    for (auto pending = m_pending.begin(); pending != m_pending.end();) {
        if (isAwaited(pending->first, pending->second, *step.now)) {
            ++pending;
            continue;
        }
        m_closing.erase(pending->first);
        records.push_back(recordFor(pending->first, std::move(pending->second)));
        pending = m_pending.erase(pending);
    }
    std::ranges::sort(records, {}, [](const EndedConnection& one) { return one.ended.monotonic; });
    m_lostEarlier = std::exchange(m_lostBefore, m_lost);
    m_dumps.push_back(sampleIn(*step.now, m_netnsIndex).started);
    if (m_begun == MonotonicTime{})
        m_begun = m_dumps.back();
    if (m_dumps.size() > kMostDumps)
        m_dumps.pop_front();
    return records;
}

void Recorder::published(std::span<const EndedConnectionPtr> records) {
    for (const EndedConnectionPtr& record : records) {
        if (const auto dead = m_dead.find(record->cookie); dead != m_dead.end())
            dead->second = record;
    }
}

std::vector<EndedConnectionPtr> Recorder::dead() const {
    std::vector<EndedConnectionPtr> all;
    for (const auto& [cookie, record] : m_dead) {
        if (record)
            all.push_back(record);
    }
    std::ranges::sort(all, {}, [](const EndedConnectionPtr& one) { return one->ended.monotonic; });
    return all;
}

} // namespace halfopen
