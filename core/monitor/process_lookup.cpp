// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/process_lookup.h"

#include "core/keepalive/knowledge.h"
#include "core/model/no_owner.h"
#include "core/model/socket_key.h"
#include "core/monitor/reading_job.h"

#include <algorithm>
#include <utility>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

// An owner that was gone is looked for at once and tried again soon; a right that is missing rarely appears.
constexpr auto kTryAgainSoon = 1s;
constexpr auto kTryAgainLate = 60s;
constexpr std::uint32_t kSweepEvery = 64;
// So many sockets are worth another thread; so many are read before the clock is looked at.
constexpr std::size_t kTogether = 1024;
constexpr std::size_t kAtOnce = 16 * 1024;

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

void ProcessLookup::beginSampleAgain() {
    for (auto& [socket, options] : m_pickedUp)
        m_readings.insert_or_assign(socket, options);
    forgetWanted();
    m_turns.beginSampleAgain();
    if (m_takesTurns)
        m_again.clear();
}

void ProcessLookup::forgetWanted() {
    m_pickedUp.clear();
    m_scan.beginSample();
    m_listeners.clear();
    m_children.clear();
    m_wanted.clear();
    m_next = 0;
    m_readAllAsked = m_readAll;
}

void ProcessLookup::beginSample(std::optional<RowKey> selected) {
    forgetWanted();
    m_selected = selected;
    m_takesTurns = m_nextAgain == m_again.size(); // else there was no time for those that had their turn
    if (m_takesTurns) {
        m_again.clear();
        m_nextAgain = 0;
        m_turns.beginSample(MonotonicClock::now());
    }
    if (++m_sample % kSweepEvery == 0) {
        dropOldRefusals();
        m_given.dropBefore(m_sample - kSweepEvery);
    }
}

/// Whoever waits in a listener's queue is told by its listener's options, so that one is looked into too.
bool ProcessLookup::isWanted(const Connection& connection) {
    if (m_only.empty())
        return true;
    if (!m_only.contains(connection.cookie))
        return connection.state == State::Listen && m_onlyPorts.contains(connection.local.port);
    if (connection.isNotAccepted() || connection.state == State::SynRecv)
        m_widened = m_onlyPorts.insert(connection.local.port).second || m_widened;
    return true;
}

/// As a row is told of which nobody has found anything out yet.
OwnerUnknown ProcessLookup::toldOf(const Connection& now) {
    if (const auto told = m_told.find(rowKeyOf(now)); told != m_told.end()) {
        told->second.sample = m_sample;
        return told->second.why;
    }
    return whyNoOwner(now);
}

OwnerUnknown ProcessLookup::lookedUp(const Connection& now) {
    return m_isTold ? toldOf(now) : m_scan.lookUp(now);
}

void ProcessLookup::beTold() {
    m_isTold = true;
    m_told.clear();
    m_given.clear();
}

void ProcessLookup::addTold(std::uint16_t netnsIndex, std::vector<ToldSocket> sockets) {
    std::vector<SocketReading> readings;
    for (ToldSocket& socket : sockets) {
        const RowKey key{socket.cookie, netnsIndex};
        m_told.insert_or_assign(key, ToldWhy{socket.why, socket.unread, m_sample});
        if (socket.owners.empty())
            m_given.disown(key);
        SocketReading reading{socket.cookie, tl::unexpected(PrivilegeError{}), std::move(socket.owners)};
        if (socket.options)
            reading.options = *socket.options;
        readings.push_back(std::move(reading));
    }
    addReadings(netnsIndex, std::move(readings));
}

OwnerUnknown ProcessLookup::considerOwner(const Connection& now) {
    if (now.state == State::Listen)
        m_listeners.add(now);
    if (!isWanted(now))
        return OwnerUnknown::NotLookedUp;
    const OwnerUnknown looked = lookedUp(now);
    return m_given.empty() ? looked : m_given.lookUp(now, looked, m_sample);
}

OwnerUnknown ProcessLookup::consider(const Connection& now, const Past& past, KeepaliveOptions& options) {
    if (now.state == State::Listen)
        m_listeners.add(now);
    if (!isWanted(now))
        return OwnerUnknown::NotLookedUp;
    const OwnerUnknown looked = lookedUp(now);
    const OwnerUnknown why = m_given.empty() ? looked : m_given.lookUp(now, looked, m_sample);
    if (!m_readOptions || now.state == State::SynRecv || isStandIn(now.cookie))
        return why;
    if (now.upperLayer == UpperLayer::Mptcp)
        m_subflows.insert_or_assign(rowKeyOf(now), Subflow{SocketMeant(now), m_sample});
    if (m_readAllAsked && options.exact() && m_given.has(rowKeyOf(now)))
        follow(now, options);
    const bool wasExact = past.options != nullptr ? past.options->exact() : options.exact();
    if (!pickUp(now, options) && wasExact) {
        const bool contradicted = past.options != nullptr && contradicts(now, past.connection, *past.options);
        const bool lost = refusalOf(rowKeyOf(now)) != ReadRefusal::None &&
                          !m_given.has(rowKeyOf(now)); // given, it was refused from the beginning
        if (contradicted || wasJustAccepted(now, past) || lost)
            doubt(options);
        if (lost && !now.isNotAccepted()) // nobody can say any more that it is what it was
            lower(options.userTimeoutFrom);
        if (contradicted)
            learnAgain(now, past, options);
    }
    if (m_isTold) // who looks there reads it again
        return why;
    // A listener's options as they were first read are nearest to what its waiting connection inherited.
    const bool inherited = now.isNotAccepted() && options.userTimeoutFrom == Provenance::Inferred;
    if (m_readAll || (!options.exact() && !inherited))
        want(now, looked);
    else if (isToBeReadAgain(now, looked, options))
        m_again.push_back({rowKeyOf(now), now.inode, now.state, options});
    return why;
}

bool ProcessLookup::isToBeReadAgain(const Connection& now, OwnerUnknown why, const KeepaliveOptions& known) {
    if (!m_takesTurns || why != OwnerUnknown::Known || !known.exact())
        return false;
    return (m_turns.isTurnOf(now.cookie) || rowKeyOf(now) == m_selected) && !m_given.has(rowKeyOf(now));
}

void ProcessLookup::forgetOptions(std::uint16_t netnsIndex, const TcpSysctls& before, const TcpSysctls& now) {
    if (!m_readAll)
        m_settings.clear();
    m_settings.insert_or_assign(netnsIndex, SettingsChange{before, now});
    m_readAll = true;
}

/// What was given and cannot be read again follows the settings of its namespace.
void ProcessLookup::follow(const Connection& now, KeepaliveOptions& options) const {
    const auto changed = m_settings.find(now.netnsIndex);
    if (changed != m_settings.end())
        followSettings(changed->second.before, changed->second.now, options);
}

bool ProcessLookup::pickUp(const Connection& now, KeepaliveOptions& options) {
    auto read = m_given.take(rowKeyOf(now));
    if (!read && !m_readings.empty()) {
        if (auto reading = m_readings.extract(rowKeyOf(now)))
            read = reading.mapped();
    }
    if (!read)
        return false;
    learn(now, &*read, TcpSysctls{}, options); // the switch may have changed since
    m_pickedUp.emplace_back(rowKeyOf(now), *read);
    return true;
}

void ProcessLookup::want(const Connection& now, OwnerUnknown why) {
    if (why != OwnerUnknown::Known && why != OwnerUnknown::NotAccepted && why != OwnerUnknown::NotLookedUp)
        return;
    if (!m_refusals.empty()) {
        const auto refusal = m_refusals.find(rowKeyOf(now));
        if (refusal != m_refusals.end()) {
            refusal->second.sample = m_sample;
            if (MonotonicClock::now() < refusal->second.tryAgain)
                return;
        }
    }
    if (why != OwnerUnknown::NotAccepted) {
        m_wanted.push_back({rowKeyOf(now), now.cookie, now.inode, 0, now.state});
        return;
    }
    m_wanted.push_back({rowKeyOf(now), 0, 0, static_cast<std::uint32_t>(m_children.size()), State::Listen});
    m_children.push_back(now);
}

bool ProcessLookup::work(MonotonicTime until) {
    m_readAll = m_readAll && !m_readAllAsked;
    if (m_isTold)
        return false;
    bool news = std::exchange(m_widened, false);
    while (!m_scan.settled(MonotonicClock::now())) {
        news = m_scan.step(until) || news;
        if (MonotonicClock::now() >= until)
            return news;
    }
    while (m_next < m_wanted.size() && MonotonicClock::now() < until)
        news = (m_threads > 1 && m_wanted.size() - m_next >= kTogether ? readTogether() : readNext()) || news;
    while (m_next == m_wanted.size() && m_nextAgain < m_again.size() && MonotonicClock::now() < until)
        news = readAgain(m_again[m_nextAgain++]) || news;
    if (m_next == m_wanted.size() && m_nextAgain == m_again.size())
        m_reader.rest();
    return news;
}

/// Many sockets by their first owner, on several threads. What that owner does not tell is tried as any other.
bool ProcessLookup::readTogether() {
    std::vector<ReadingJob> jobs;
    std::vector<Wanted> rest;
    const std::size_t end = std::min(m_next + kAtOnce, m_wanted.size());
    for (; m_next < end; ++m_next) {
        const Wanted& wanted = m_wanted[m_next];
        const auto owners = wanted.ownerInode == 0 ? m_scan.owners()->end() : m_scan.owners()->find(wanted.ownerInode);
        if (owners != m_scan.owners()->end())
            jobs.push_back({meant(wanted), &owners->second.front(), m_next, std::nullopt});
        else if (wanted.ownerInode == 0)
            rest.push_back(wanted);
    }
    readAll(jobs, m_threads);
    bool news = false;
    for (const ReadingJob& job : jobs) {
        const Wanted& wanted = m_wanted[job.place];
        if (job.read)
            m_readings.insert_or_assign(wanted.socket, *job.read);
        if (job.read && !m_refusals.empty())
            m_refusals.erase(wanted.socket);
        if (!job.read)
            rest.push_back(wanted);
        news = news || job.read;
    }
    for (const Wanted& wanted : rest)
        news = read(wanted) || news;
    return news;
}

bool ProcessLookup::readNext() {
    return read(m_wanted[m_next++]);
}

bool ProcessLookup::read(Wanted wanted) {
    if (wanted.ownerInode == 0) {
        const auto* listener = m_listeners.of(m_children[wanted.child]);
        if (listener == nullptr)
            return false;
        wanted.ownerInode = listener->inode;
        wanted.ownerCookie = listener->cookie;
    }
    return readFromOwners(wanted);
}

/// The socket itself, or its listener.
SocketMeant ProcessLookup::meant(const Wanted& wanted) const {
    const auto subflow = m_subflows.empty() ? m_subflows.end() : m_subflows.find(wanted.socket);
    if (wanted.ownerCookie == wanted.socket.cookie && subflow != m_subflows.end())
        return subflow->second.meant;
    return {wanted.ownerCookie, wanted.ownerInode, wanted.state};
}

/// Any of the owners will do: they share one open socket. @return nullopt where nobody is known to hold it
std::optional<OptionsReading> ProcessLookup::askOwners(const Wanted& wanted) {
    const auto owners = m_scan.owners()->find(wanted.ownerInode);
    if (owners == m_scan.owners()->end())
        return std::nullopt;
    std::optional<OptionsReading> answer;
    for (const Owner& owner : owners->second) {
        auto reading = m_reader.read(owner.pid, owner.fd, meant(wanted));
        if (reading)
            return reading;
        if (!answer || isStale(answer->error()))
            answer = reading;
    }
    return answer;
}

bool ProcessLookup::readFromOwners(const Wanted& wanted) {
    const auto reading = askOwners(wanted);
    if (!reading)
        return false;
    if (!*reading) {
        refused(wanted.socket, reading->error());
        return false;
    }
    m_readings.insert_or_assign(wanted.socket, **reading);
    m_refusals.erase(wanted.socket);
    return true;
}

/// An owner that is gone with the socket or without it is a matter for the next round through /proc.
bool ProcessLookup::readAgain(const Again& again) {
    const auto reading = askOwners({again.socket, again.socket.cookie, again.inode, 0, again.state});
    if (!reading || (!*reading && isStale(reading->error())))
        return false;
    if (!*reading) {
        refused(again.socket, reading->error());
        return true;
    }
    if (**reading == again.known)
        return false;
    m_readings.insert_or_assign(again.socket, **reading);
    return true;
}

void ProcessLookup::refused(const RowKey& socket, ReadRefusal why) {
    if (isStale(why))
        m_scan.distrust();
    const auto pause = isStale(why) || why == ReadRefusal::NoDescriptors ? kTryAgainSoon : kTryAgainLate;
    m_refusals.insert_or_assign(socket, Refusal{why, MonotonicClock::now() + pause, m_sample});
}

ReadRefusal ProcessLookup::refusalOf(const RowKey& socket) const {
    if (m_isTold) {
        const auto told = m_told.find(socket);
        return told == m_told.end() ? ReadRefusal::None : told->second.unread;
    }
    if (m_refusals.empty())
        return ReadRefusal::None;
    const auto refusal = m_refusals.find(socket);
    return refusal == m_refusals.end() ? ReadRefusal::None : refusal->second.why;
}

/// Of sockets that are gone; the others have asked since the last sweep.
void ProcessLookup::dropOldRefusals() {
    std::erase_if(m_refusals, [this](const auto& entry) { return m_sample - entry.second.sample > kSweepEvery; });
    std::erase_if(m_told, [this](const auto& entry) { return m_sample - entry.second.sample > kSweepEvery; });
    std::erase_if(m_subflows, [this](const auto& entry) { return m_sample - entry.second.sample > kSweepEvery; });
}

} // namespace halfopen
