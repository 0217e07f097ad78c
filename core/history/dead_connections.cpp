// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/dead_connections.h"

#include "core/history/wire_proof.h"

#include <algorithm>
#include <unordered_set>

namespace halfopen {

namespace {

using Code = EndingEvidence::Code;
/// A cookie begins anew with every boot; one with the same inode and address as well is the same socket.
bool isSame(const EndedConnection& record, const DeadSocket& dead) {
    return record.cookie == dead.cookie && record.inode == dead.inode && record.local == dead.local;
}

std::optional<MonotonicTime> lastLifeOf(const DeadSocket& dead) {
    Connection connection;
    connection.state = State::Close;
    connection.info = dead.info;
    connection.sampled = dead.looked;
    return lastLife(connection);
}

std::vector<EndingEvidence> evidenceOf(const TcpInfo& info) {
    std::vector<EndingEvidence> evidence{{Code::NoDestroyEvent}};
    if (info.probes > 0)
        evidence.push_back({Code::ProbesUnanswered, info.probes});
    if (info.retransmits > 0)
        evidence.push_back({Code::RetransmitsUnanswered, info.retransmits});
    return evidence;
}

} // namespace

EndedConnectionPtr DeadConnections::fromHistory(const DeadSocket& dead,
                                                std::span<const EndedConnectionPtr> kept) const {
    const auto found =
        std::ranges::find_if(kept, [&](const EndedConnectionPtr& record) { return isSame(*record, dead); });
    return found == kept.end() ? nullptr : *found;
}

EndedConnectionPtr DeadConnections::recordFor(const DeadSocket& dead) const {
    auto record = std::make_shared<EndedConnection>();
    record->number = kFoundDeadNumber | dead.inode;
    record->cookie = dead.cookie;
    record->netns = m_netns->netns;
    record->host = m_netns->host->host;
    record->local = dead.local;
    record->remote = dead.remote;
    record->errorNumber = dead.error;
    record->interface = dead.interface;
    record->sampled = false;
    record->foundDead = true;
    record->evidence = evidenceOf(dead.info);
    record->unanswered = std::max(dead.info.probes, dead.info.retransmits);
    record->ended = record->firstMissed = record->lastSeen = m_clock.instant(dead.looked);
    if (const auto life = lastLifeOf(dead))
        record->lastLife = record->lastSeen = m_clock.instant(*life);
    record->inode = dead.inode;
    record->uid = dead.uid;
    record->owners = dead.owners;
    record->ownersUnknown = OwnerUnknown::Known;
    return record;
}

/// What this run has seen of it stays, also where events were lost since; a record of an earlier run may have been
/// read from the archive only now.
void DeadConnections::identify(const DeadSockets& dead) {
    std::vector<EndedConnectionPtr> kept;
    std::unordered_map<std::uint64_t, EndedConnectionPtr> known;
    for (const DeadSocket& one : dead) {
        const auto before = m_known.find(one.cookie);
        EndedConnectionPtr record = before == m_known.end() ? nullptr : before->second;
        if (!record || (record->foundDead && record->owners != one.owners))
            record = recordFor(one);
        if (record->foundDead && m_history) {
            if (kept.empty())
                kept = m_history->after(0).records;
            if (auto earlier = fromHistory(one, kept))
                record = std::move(earlier);
        }
        known.emplace(one.cookie, std::move(record));
    }
    m_known = std::move(known);
}

/// A socket that keeps a port of its program's choice is listed, and with it the peer that it had.
void DeadConnections::addPeers(const Frame& frame) {
    for (auto& [cookie, record] : m_known) {
        if (!record->foundDead || record->remote.port != 0)
            continue;
        const Row* row = frame.find(cookie, 0);
        if (!row || row->connection.state != State::Close || row->change == Change::Closed)
            continue;
        auto named = std::make_shared<EndedConnection>(*record);
        named->remote = row->connection.remote;
        record = std::move(named);
    }
}

std::vector<EndedConnectionPtr> DeadConnections::join(std::span<const EndedConnectionPtr> seen,
                                                      const DeadSocketsPtr& dead, const Frame& frame) {
    m_clock.note(MonotonicClock::now(), std::chrono::system_clock::now());
    if (dead != m_dead) {
        identify(*dead);
        m_dead = dead;
    }
    addPeers(frame);
    std::unordered_set<SocketKey> known;
    for (const EndedConnectionPtr& record : seen)
        known.insert(record->key());
    std::vector<EndedConnectionPtr> all;
    for (const DeadSocket& one : *dead) {
        const auto found = m_known.find(one.cookie);
        if (found != m_known.end() && known.insert(keyIn(*m_netns, one.cookie)).second)
            all.push_back(found->second);
    }
    all.insert(all.end(), seen.begin(), seen.end());
    return all;
}

} // namespace halfopen
