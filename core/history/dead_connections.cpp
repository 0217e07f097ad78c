// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/dead_connections.h"

#include "core/history/wire_proof.h"

#include <algorithm>
#include <unordered_set>

namespace halfopen {

namespace {

/// A cookie begins anew with every boot; one with the same inode and address as well is the same socket.
bool isSame(const Certificate& certificate, const DeadSocket& dead) {
    return certificate.cookie == dead.cookie && certificate.inode == dead.inode && certificate.local == dead.local;
}

std::optional<MonotonicTime> lastLifeOf(const DeadSocket& dead) {
    Connection connection;
    connection.state = State::Close;
    connection.info = dead.info;
    connection.sampled = dead.looked;
    return lastLife(connection);
}

std::vector<EndingEvidence> evidenceOf(const TcpInfo& info) {
    using Code = EndingEvidence::Code;
    std::vector<EndingEvidence> evidence{{Code::NoDestroyEvent}};
    if (info.probes > 0)
        evidence.push_back({Code::ProbesUnanswered, info.probes});
    if (info.retransmits > 0)
        evidence.push_back({Code::RetransmitsUnanswered, info.retransmits});
    return evidence;
}

} // namespace

CertificatePtr DeadConnections::fromHistory(const DeadSocket& dead, std::span<const CertificatePtr> kept) const {
    const auto found =
        std::ranges::find_if(kept, [&](const CertificatePtr& certificate) { return isSame(*certificate, dead); });
    return found == kept.end() ? nullptr : *found;
}

CertificatePtr DeadConnections::certify(const DeadSocket& dead) const {
    auto certificate = std::make_shared<Certificate>();
    certificate->number = kFoundDeadNumber | dead.inode;
    certificate->cookie = dead.cookie;
    certificate->netns = m_netns;
    certificate->local = dead.local;
    certificate->sampled = false;
    certificate->foundDead = true;
    certificate->evidence = evidenceOf(dead.info);
    certificate->unanswered = std::max(dead.info.probes, dead.info.retransmits);
    certificate->ended = certificate->firstMissed = certificate->lastSeen = m_clock.instant(dead.looked);
    if (const auto life = lastLifeOf(dead))
        certificate->lastLife = certificate->lastSeen = m_clock.instant(*life);
    certificate->inode = dead.inode;
    certificate->uid = dead.uid;
    certificate->holders = dead.holders;
    certificate->holdersUnknown = OwnerUnknown::Known;
    return certificate;
}

/// What this run has seen of it stays, also where events were lost since; a certificate of an earlier run may have been
/// read from the archive only now.
void DeadConnections::identify(const DeadSockets& dead) {
    std::vector<CertificatePtr> kept;
    std::unordered_map<std::uint64_t, CertificatePtr> known;
    for (const DeadSocket& one : dead) {
        const auto before = m_known.find(one.cookie);
        CertificatePtr certificate = before == m_known.end() ? nullptr : before->second;
        if (!certificate || (certificate->foundDead && certificate->holders != one.holders))
            certificate = certify(one);
        if (certificate->foundDead && m_history) {
            if (kept.empty())
                kept = m_history->after(0).certificates;
            if (auto earlier = fromHistory(one, kept))
                certificate = std::move(earlier);
        }
        known.emplace(one.cookie, std::move(certificate));
    }
    m_known = std::move(known);
}

std::vector<CertificatePtr> DeadConnections::join(std::span<const CertificatePtr> seen, const DeadSocketsPtr& dead) {
    m_clock.note(MonotonicClock::now(), std::chrono::system_clock::now());
    if (dead != m_dead) {
        identify(*dead);
        m_dead = dead;
    }
    std::unordered_set<std::uint64_t> told;
    for (const CertificatePtr& certificate : seen)
        told.insert(certificate->cookie);
    std::vector<CertificatePtr> all;
    for (const DeadSocket& one : *dead) {
        const auto known = m_known.find(one.cookie);
        if (known != m_known.end() && told.insert(one.cookie).second)
            all.push_back(known->second);
    }
    all.insert(all.end(), seen.begin(), seen.end());
    return all;
}

} // namespace halfopen
