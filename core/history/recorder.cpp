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

bool isConnection(const Connection& connection) {
    return connection.state != State::Close && connection.state != State::Bound; // bound, never connected
}

/// Sockets that never were connections are freed too; one that was thrown away has kept its peer's address.
bool wasConnection(const Connection& event) {
    return event.remote.port != 0 || !event.remote.address.isUnspecified();
}

/// Its program has the descriptor still: nothing told that it was freed.
bool isDead(const Departure& departure) {
    return departure.last && !departure.event && departure.eventExpected && departure.last->connection.inode != 0 &&
           departure.last->connection.state != State::Listen;
}

bool isListed(const Frame& frame, std::uint64_t cookie) {
    const Row* row = frame.find(cookie);
    return row && row->change != Change::Closed && !row->missed;
}

bool isMissed(const Frame& frame, std::uint64_t cookie) {
    const Row* row = frame.find(cookie);
    return row && row->missed;
}

bool isSettled(const DestroyEvent& event, MonotonicTime dumpStart) {
    return event.connection.sampled + kSettle <= dumpStart;
}

} // namespace

void Recorder::add(std::span<const DestroyEvent> events, std::uint64_t lost) {
    m_waiting.insert(m_waiting.end(), events.begin(), events.end());
    m_lost += lost;
    if (lost > 0)
        m_dead.clear(); // their descriptors may have been closed without a word
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
    return m_closing.contains(cookie) && now.taken - pending.departure.missed < kAnswerWithin;
}

Recorder::Identity Recorder::identify(const Frame& frame, const Row& row) {
    const auto& holders = frame.ownersOf(row);
    return {.uid = row.connection.uid,
            .inode = row.connection.inode,
            .user = std::string(frame.userOf(row)),
            .interface = std::string(frame.interfaceOf(row)),
            .holders = holders,
            .holdersUnknown = row.ownerUnknown,
            .options = row.options,
            .lastLife = lastLife(row.connection)};
}

void Recorder::keepIdentities(const Step& step) {
    for (const std::uint32_t index : step.released) {
        const Row& row = step.before->rows[index];
        m_identities.insert_or_assign(row.connection.cookie, identify(*step.before, row));
    }
}

void Recorder::addVanished(const Step& step) {
    for (const std::uint32_t index : step.vanished) {
        const Row& row = step.before->rows[index];
        const std::uint64_t cookie = row.connection.cookie;
        if (!isConnection(row.connection))
            continue;
        Pending pending;
        pending.departure.last = {row.connection, row.options, row.forecast};
        pending.departure.states = static_cast<std::uint8_t>(row.statesSeen);
        pending.departure.missed = row.missed ? step.before->taken : step.now->taken;
        pending.lostBefore = row.missed ? m_lostEarlier : m_lostBefore;
        pending.firstSeen = step.before->origin + std::chrono::milliseconds(row.firstSeenTenths * std::int64_t{100});
        pending.netns = step.before->netnsOf(row).netns;
        pending.local = row.connection.local;
        pending.remote = row.connection.remote;
        if (m_grader)
            pending.promise = m_grader->leave(row);
        pending.listenerGone = row.connection.state == State::SynRecv && !listens(*step.now, row.connection.local.port);
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

/// @return false where the next dump has to be waited for
bool Recorder::join(const DestroyEvent& event, const Step& step) {
    const std::uint64_t cookie = event.connection.cookie;
    if (const auto pending = m_pending.find(cookie); pending != m_pending.end()) {
        pending->second.departure.event = event;
        return true;
    }
    if (m_dead.erase(cookie) > 0 || m_ignored.contains(cookie))
        return true;
    if (!isSettled(event, step.now->started) || isMissed(*step.now, cookie))
        return false;
    if (!isForeign(event, step) && !goesOn(event, step))
        addUnsampled(event, step);
    return true;
}

/// As a timewait socket. It has the same cookie where the socket had one when it turned into it; a socket that nobody
/// had looked at till then had none.
bool Recorder::goesOn(const DestroyEvent& event, const Step& step) {
    if (isListed(*step.now, event.connection.cookie))
        return true;
    if (!m_minis) {
        m_minis.emplace();
        for (const Row& row : step.now->rows) {
            if (row.connection.isMini() && row.change != Change::Closed)
                m_minis->emplace(row.connection.local, row.connection.remote);
        }
    }
    return m_minis->contains({event.connection.local, event.connection.remote});
}

/// It was no connection, or it ended before looking began and only its descriptor has been closed now.
bool Recorder::isForeign(const DestroyEvent& event, const Step& step) const {
    if (!step.before || event.connection.sampled <= step.before->started || !wasConnection(event.connection))
        return true;
    const TcpInfo& info = event.connection.info;
    const bool opened = info.bytesAcked + info.bytesReceived > 0;
    const auto age = event.connection.receivedAge().value_or(info.lastDataSent); // never set: nothing has come
    const auto heard = event.connection.sampled - std::chrono::milliseconds(age.count());
    return opened && heard + kSettle < step.before->started;
}

void Recorder::addUnsampled(const DestroyEvent& event, const Step& step) {
    Pending pending;
    pending.departure.event = event;
    pending.departure.missed = step.now->taken;
    pending.lostBefore = m_lostBefore;
    if (event.connection.remote.port != 0)
        pending.departure.passive = listens(*step.now, event.connection.local.port);
    pending.netns = step.now->inView().netns;
    pending.local = event.connection.local;
    pending.remote = event.connection.remote;
    m_pending.emplace(event.connection.cookie, std::move(pending));
}

void Recorder::tellLook(const Pending& pending, Certificate& certificate) const {
    const Departure& departure = pending.departure;
    const Departure::Look& last = *departure.last;
    const Forecast& then = last.forecast;
    certificate.lastState = last.connection.state;
    certificate.firstSeen = m_clock.instant(pending.firstSeen);
    certificate.thereBefore = (departure.states & seen::ThereBefore) != 0;
    certificate.lastSeen = m_clock.instant(last.connection.sampled);
    certificate.optionsKnown = true;
    certificate.options = last.options;
    certificate.regime = then.regime;
    certificate.cause = then.cause;
    if (then.hasAllowed)
        certificate.allowed = then.allowed;
    if (then.cause != GiveUpCause::None)
        certificate.forecastEnd =
            m_clock.instant(last.connection.sampled + std::chrono::milliseconds(then.givesUp.expected.count()));
}

void Recorder::tellIdentity(Identity&& identity, Certificate& certificate) const {
    certificate.uid = identity.uid;
    certificate.user = std::move(identity.user);
    certificate.interface = std::move(identity.interface);
    certificate.inode = identity.inode;
    certificate.holders = std::move(identity.holders);
    certificate.holdersUnknown = identity.holdersUnknown;
    certificate.options = identity.options;
    if (!certificate.lastLife && identity.lastLife)
        certificate.lastLife = m_clock.instant(*identity.lastLife);
}

/// Ports that are listened on in this frame; looked for once.
bool Recorder::listens(const Frame& frame, std::uint16_t port) {
    if (!m_listening) {
        m_listening.emplace();
        for (const Row& row : frame.rows) {
            if (row.connection.state == State::Listen && row.change != Change::Closed)
                m_listening->insert(row.connection.local.port);
        }
    }
    return m_listening->contains(port);
}

void Recorder::grade(const Pending& pending, const ClassifiedEnding& classified, Certificate& certificate) const {
    if (!m_grader || !pending.departure.last)
        return;
    const Departure& departure = pending.departure;
    const auto disconnected = [](const EndingEvidence& one) { return one.code == EndingEvidence::Code::Disconnected; };
    if (pending.promise)
        certificate.grade = m_grader->end(
            *pending.promise, {.last = {departure.last->connection, departure.last->options, departure.last->forecast},
                               .event = departure.event ? &*departure.event : nullptr,
                               .missed = departure.missed,
                               .askedFor = departure.closedByHalfopen,
                               .disconnected = std::ranges::any_of(classified.evidence, disconnected),
                               .listenerGone = pending.listenerGone});
    certificate.broken = m_grader->broken(departure.last->connection.cookie);
}

Certificate Recorder::certify(std::uint64_t cookie, Pending&& pending) {
    Departure& departure = pending.departure;
    departure.closedByHalfopen = m_closedByHalfopen.erase(cookie) > 0;
    departure.resetByHalfopen = m_resetByHalfopen.erase(cookie) > 0;
    departure.eventsLost = m_lost - pending.lostBefore;
    departure.eventExpected = m_eventsTold && departure.eventsLost == 0;
    ClassifiedEnding classified = classify(departure);
    Certificate certificate;
    certificate.cookie = cookie;
    certificate.netns = pending.netns;
    certificate.local = pending.local;
    certificate.remote = pending.remote;
    certificate.sampled = departure.last.has_value();
    certificate.ending = classified.ending;
    certificate.confidence = classified.confidence;
    grade(pending, classified, certificate);
    certificate.evidence = std::move(classified.evidence);
    certificate.errorNumber = classified.errorNumber;
    certificate.unanswered = classified.unanswered;
    certificate.ended = m_clock.instant(classified.ended);
    certificate.firstMissed = certificate.lastSeen = m_clock.instant(departure.missed);
    if (classified.lastLife)
        certificate.lastLife = m_clock.instant(*classified.lastLife);
    if (departure.last)
        tellLook(pending, certificate);
    if (pending.identity)
        tellIdentity(std::move(*pending.identity), certificate);
    if (isDead(departure) && m_dead.size() < kMostDead)
        m_dead.emplace(cookie, nullptr);
    return certificate;
}

std::vector<Certificate> Recorder::advance(const Step& step) {
    m_clock.note(MonotonicClock::now(), std::chrono::system_clock::now());
    m_listening.reset();
    keepIdentities(step);
    addVanished(step);
    joinEvents(step);
    std::vector<Certificate> certificates;
    for (auto pending = m_pending.begin(); pending != m_pending.end();) {
        if (isAwaited(pending->first, pending->second, *step.now)) {
            ++pending;
            continue;
        }
        m_closing.erase(pending->first);
        certificates.push_back(certify(pending->first, std::move(pending->second)));
        pending = m_pending.erase(pending);
    }
    std::ranges::sort(certificates, {}, [](const Certificate& one) { return one.ended.monotonic; });
    m_lostEarlier = std::exchange(m_lostBefore, m_lost);
    return certificates;
}

void Recorder::published(std::span<const CertificatePtr> certificates) {
    for (const CertificatePtr& certificate : certificates) {
        if (const auto dead = m_dead.find(certificate->cookie); dead != m_dead.end())
            dead->second = certificate;
    }
}

std::vector<CertificatePtr> Recorder::dead() const {
    std::vector<CertificatePtr> all;
    for (const auto& [cookie, certificate] : m_dead) {
        if (certificate)
            all.push_back(certificate);
    }
    std::ranges::sort(all, {}, [](const CertificatePtr& one) { return one->ended.monotonic; });
    return all;
}

} // namespace halfopen
