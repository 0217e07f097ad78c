// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/process/investigation.h"

#include "core/keepalive/knowledge.h"

#include <utility>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

// An owner that was gone is looked for at once and tried again soon; a right that is missing rarely appears.
constexpr auto kTryAgainSoon = 1s;
constexpr auto kTryAgainLate = 60s;
constexpr std::uint32_t kSweepEvery = 64;

void lower(Provenance& from) {
    if (from == Provenance::Exact)
        from = Provenance::Inferred;
}

/// Values that may be others by now are no longer exact, and from that follows that they are read again.
void doubt(KeepaliveOptions& options) {
    lower(options.enabledFrom);
    lower(options.idleFrom);
    lower(options.intervalFrom);
    lower(options.probesFrom);
}

/// What the timer shows now is nearer to the truth than what was read before.
void learnAgain(const Connection& now, const Past& past, KeepaliveOptions& options) {
    const KeepaliveOptions doubted = options;
    learn(now, Past{past.connection, &doubted, past.notThere}, TcpSysctls{}, options);
}

/// Till now its listener's options stood for it; the program that took it may have set others.
bool wasJustAccepted(const Connection& now, const Past& past) {
    return past.connection != nullptr && past.connection->inode == 0 && now.inode != 0;
}

} // namespace

void Investigation::beginSampleAgain() {
    for (auto& [cookie, options] : m_pickedUp)
        m_readings.insert_or_assign(cookie, options);
    beginSample();
}

void Investigation::beginSample() {
    m_pickedUp.clear();
    m_scan.beginSample();
    m_listeners.clear();
    m_children.clear();
    m_wanted.clear();
    m_next = 0;
    m_readAllAsked = m_readAll;
    if (++m_sample % kSweepEvery == 0) {
        dropOldRefusals();
        m_given.dropBefore(m_sample - kSweepEvery);
    }
}

/// Whoever waits in a listener's queue is told by its listener's options, so that one is looked into too.
bool Investigation::isWanted(const Connection& connection) {
    if (m_only.empty())
        return true;
    if (!m_only.contains(connection.cookie))
        return connection.state == State::Listen && m_onlyPorts.contains(connection.local.port);
    if (connection.isNotAccepted() || connection.state == State::SynRecv)
        m_widened = m_onlyPorts.insert(connection.local.port).second || m_widened;
    return true;
}

OwnerUnknown Investigation::consider(const Connection& now, const Past& past, KeepaliveOptions& options) {
    if (now.state == State::Listen)
        m_listeners.add(now);
    if (!isWanted(now))
        return OwnerUnknown::NotLookedUp;
    const OwnerUnknown looked = m_scan.lookUp(now);
    const OwnerUnknown why = m_given.empty() ? looked : m_given.lookUp(now, looked, m_sample);
    if (!m_readOptions || now.state == State::SynRecv)
        return why;
    if (m_readAllAsked && options.exact() && m_given.has(now.cookie))
        followSettings(m_settingsBefore, m_settingsNow, options);
    const bool wasExact = past.options != nullptr ? past.options->exact() : options.exact();
    if (!pickUp(now, options) && wasExact) {
        const bool contradicted = past.options != nullptr && contradicts(now, past.connection, *past.options);
        const bool lost = refusalOf(now.cookie) != ReadRefusal::None &&
                          !m_given.has(now.cookie); // given, it was refused from the beginning
        if (contradicted || wasJustAccepted(now, past) || lost)
            doubt(options);
        if (contradicted)
            learnAgain(now, past, options);
    }
    // A listener's options as they were first read are nearest to what its waiting connection inherited.
    const bool inherited = now.isNotAccepted() && options.userTimeoutFrom == Provenance::Inferred;
    if (m_readAll || (!options.exact() && !inherited))
        want(now, looked);
    return why;
}

void Investigation::forgetOptions(const TcpSysctls& before, const TcpSysctls& now) {
    m_settingsBefore = before;
    m_settingsNow = now;
    m_readAll = true;
}

bool Investigation::pickUp(const Connection& now, KeepaliveOptions& options) {
    auto read = m_given.take(now.cookie);
    if (!read && !m_readings.empty()) {
        if (auto reading = m_readings.extract(now.cookie))
            read = reading.mapped();
    }
    if (!read)
        return false;
    learn(now, &*read, TcpSysctls{}, options); // the switch may have changed since
    m_pickedUp.emplace_back(now.cookie, *read);
    return true;
}

void Investigation::want(const Connection& now, OwnerUnknown why) {
    if (why != OwnerUnknown::Known && why != OwnerUnknown::NotAccepted && why != OwnerUnknown::NotLookedUp)
        return;
    if (!m_refusals.empty()) {
        const auto refusal = m_refusals.find(now.cookie);
        if (refusal != m_refusals.end()) {
            refusal->second.sample = m_sample;
            if (MonotonicClock::now() < refusal->second.tryAgain)
                return;
        }
    }
    if (why != OwnerUnknown::NotAccepted) {
        m_wanted.push_back({now.cookie, now.cookie, now.inode, 0});
        return;
    }
    m_wanted.push_back({now.cookie, 0, 0, static_cast<std::uint32_t>(m_children.size())});
    m_children.push_back(now);
}

bool Investigation::work(MonotonicTime until) {
    m_readAll = m_readAll && !m_readAllAsked;
    bool news = std::exchange(m_widened, false);
    while (!m_scan.settled(MonotonicClock::now())) {
        news = m_scan.step(until) || news;
        if (MonotonicClock::now() >= until)
            return news;
    }
    while (m_next < m_wanted.size() && MonotonicClock::now() < until)
        news = readNext() || news;
    if (m_next == m_wanted.size())
        m_reader.rest();
    return news;
}

bool Investigation::readNext() {
    Wanted wanted = m_wanted[m_next++];
    if (wanted.holderInode == 0) {
        const auto* listener = m_listeners.of(m_children[wanted.child]);
        if (listener == nullptr)
            return false;
        wanted.holderInode = listener->inode;
        wanted.holderCookie = listener->cookie;
    }
    return readFromOwners(wanted);
}

/// Any of the holders will do: they share one open socket.
bool Investigation::readFromOwners(const Wanted& wanted) {
    const auto owners = m_scan.owners()->find(wanted.holderInode);
    if (owners == m_scan.owners()->end())
        return false;
    std::optional<ReadRefusal> refusal;
    for (const Owner& owner : owners->second) {
        const auto reading = m_reader.read(owner.pid, owner.fd, wanted.holderCookie);
        if (reading) {
            m_readings.insert_or_assign(wanted.cookie, *reading);
            m_refusals.erase(wanted.cookie);
            return true;
        }
        if (!refusal || isStale(*refusal))
            refusal = reading.error();
    }
    if (refusal)
        refused(wanted.cookie, *refusal);
    return false;
}

void Investigation::refused(std::uint64_t cookie, ReadRefusal why) {
    if (isStale(why))
        m_scan.distrust();
    const auto pause = isStale(why) || why == ReadRefusal::NoDescriptors ? kTryAgainSoon : kTryAgainLate;
    m_refusals.insert_or_assign(cookie, Refusal{why, MonotonicClock::now() + pause, m_sample});
}

ReadRefusal Investigation::refusalOf(std::uint64_t cookie) const {
    if (m_refusals.empty())
        return ReadRefusal::None;
    const auto refusal = m_refusals.find(cookie);
    return refusal == m_refusals.end() ? ReadRefusal::None : refusal->second.why;
}

/// Of sockets that are gone; the others have asked since the last sweep.
void Investigation::dropOldRefusals() {
    std::erase_if(m_refusals, [this](const auto& entry) { return m_sample - entry.second.sample > kSweepEvery; });
}

} // namespace halfopen
