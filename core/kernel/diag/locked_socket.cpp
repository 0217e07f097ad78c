// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/locked_socket.h"

#include "core/kernel/diag/socket_request.h"

#include <linux/netlink.h>
#include <linux/sock_diag.h>

#include <span>
#include <utility>

namespace halfopen {

namespace {

// Where a dump stops is known to two of the kernel's batches, some 250 sockets; the others are for a socket that came
// since.
constexpr std::size_t kMostOfEach = 4096;
// Others hold a lock for microseconds.
constexpr std::chrono::milliseconds kAnswersWithin{150};

struct InfoRequest {
    nlmsghdr head;
    inet_diag_req_v2 body;
};

InfoRequest infoRequest(const Connection& connection, std::uint32_t port, std::uint32_t sequence) {
    InfoRequest request{};
    request.head.nlmsg_len = sizeof request;
    request.head.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    request.head.nlmsg_flags = NLM_F_REQUEST;
    request.head.nlmsg_seq = sequence;
    request.head.nlmsg_pid = port;
    request.body = requestFor(connection);
    request.body.idiag_ext = 1 << (INET_DIAG_INFO - 1);
    return request;
}

} // namespace

void LockedSocketSearch::begin(std::uint64_t last) {
    end();
    m_last = last;
    m_wanted = true;
}

void LockedSocketSearch::end() {
    m_process.reset();
    m_found = 0;
    m_wanted = false;
}

/// What is still waited for lies behind one whose lock has been let go.
void LockedSocketSearch::checkFound() {
    if (m_found == 0 || !m_process->ended())
        return;
    m_last = std::exchange(m_found, 0);
    m_process.reset();
}

void LockedSocketSearch::beginDump() {
    m_after.clear();
    m_before.clear();
    m_next = 0;
    m_passed = m_last == 0;
}

void LockedSocketSearch::add(const Connection& connection) {
    auto& list = m_passed ? m_after : m_before;
    if (!connection.isMini() && list.size() < kMostOfEach)
        list.push_back(connection);
    m_passed = m_passed || connection.cookie == m_last;
}

const Connection* LockedSocketSearch::candidate() const {
    if (m_next < m_after.size())
        return &m_after[m_next];
    return m_next - m_after.size() < m_before.size() ? &m_before[m_next - m_after.size()] : nullptr;
}

/// One whose lock it may come to wait for: nobody else has it. @return false where nobody can be asked
bool LockedSocketSearch::start() {
    if (m_process)
        return true;
    auto socket = DumpSocket::open(*m_netns);
    auto process = DumpProcess::start();
    if (!socket || !process)
        return false;
    m_socket = std::move(*socket);
    m_process = std::move(*process);
    return true;
}

/// @return false where nobody can be asked
bool LockedSocketSearch::ask(const Connection& connection, bool& answers) {
    if (!start())
        return false;
    const InfoRequest request = infoRequest(connection, m_socket->port(), ++m_sequence);
    if (!m_process->ask(*m_socket, std::as_bytes(std::span(&request, 1)), false))
        return false;
    const auto answer = m_process->next(kAnswersWithin);
    answers = !answer || *answer != nullptr;
    if (!answer)
        m_process.reset();
    return true;
}

void LockedSocketSearch::work(std::chrono::milliseconds budget) {
    const MonotonicTime until = MonotonicClock::now() + budget;
    while (wantsSockets() && MonotonicClock::now() < until) {
        const Connection* socket = candidate();
        bool answers = true;
        if (!socket || !ask(*socket, answers))
            return;
        ++m_next;
        if (!answers) {
            m_found = socket->cookie;
            m_process->abandon();
        }
    }
}

} // namespace halfopen
