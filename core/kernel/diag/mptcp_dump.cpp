// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/mptcp_dump.h"

#include "core/kernel/diag/stand_in.h"

#include <unistd.h>

#include <linux/sock_diag.h>
#include <netinet/in.h>

namespace halfopen {

namespace {

constexpr std::uint32_t kIpprotoMptcp = 262; // include/uapi/linux/in.h, since 5.6
constexpr std::uint16_t kProtocolAttribute = 3;

} // namespace

MptcpRequest mptcpRequest(std::uint8_t family, std::uint32_t states, std::uint32_t sequence, std::uint32_t port) {
    MptcpRequest message{};
    message.head.nlmsg_len = sizeof message;
    message.head.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    message.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    message.head.nlmsg_seq = sequence;
    message.head.nlmsg_pid = port;
    message.body.sdiag_family = family;
    message.body.sdiag_protocol = IPPROTO_RAW;
    message.body.idiag_states = states;
    message.protocolHead = {RTA_LENGTH(sizeof message.protocol), kProtocolAttribute};
    message.protocol = kIpprotoMptcp;
    return message;
}

bool hasMptcp() {
    // Since 5.14. MPTCP came with 5.6 and its dumps with 5.9: in between the request would list raw sockets.
    return ::access("/proc/sys/net/mptcp/checksum_enabled", F_OK) == 0;
}

void WithoutSubflow::add(const Connection& connection) {
    if (connection.inode != 0)
        m_inodes.insert(connection.inode);
    // Twice with the same inode: a dump lists it twice while others come and go.
    const auto [first, isFirst] = m_inodeOf.emplace(connection.cookie, connection.inode);
    if (connection.state == State::Listen || (!isFirst && first->second != connection.inode))
        m_shared.insert(connection.cookie);
    if (connection.timer.kind() == TimerKind::Keepalive && connection.state != State::Listen)
        m_wholes.push_back(connection);
}

void WithoutSubflow::finish() {
    for (Connection& whole : m_wholes) {
        whole.upperLayer = UpperLayer::MptcpWithoutSubflow;
        whole.uid = m_users.outside(whole.uid);
        if (m_shared.contains(whole.cookie))
            whole.cookie = standInFor(whole, m_netns);
        m_sink.add(whole);
    }
}

} // namespace halfopen
