// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace halfopen {

namespace {

constexpr std::size_t kMostProcesses = 64; // of a sample; a look is one small file
// Less is a program that is about to read.
constexpr std::chrono::seconds kWaitsFor{1};

/// rcv_nxt counts the peer's FIN, too (net/ipv4/tcp_diag.c, tcp_diag_get_info()).
bool hasFin(State state) {
    return state == State::CloseWait || state == State::LastAck || state == State::Closing;
}

bool dataWaits(const Connection& connection, std::chrono::seconds atLeast) {
    const std::uint32_t fin = hasFin(connection.state) ? 1 : 0;
    const auto age = connection.receivedAge();
    return connection.receiveQueue > fin && age && *age >= atLeast;
}

} // namespace

Conditions factsOf(const Connection& connection) {
    Conditions facts;
    // include/net/sock.h, sk_acceptq_is_full(): one more than the backlog fits.
    if (connection.state == State::Listen && connection.receiveQueue > connection.sendQueue)
        facts.add(Condition::AcceptQueueFull);
    if (dataWaits(connection, kUnreadFor))
        facts.add(Condition::NobodyReads);
    return facts;
}

bool OutsideFacts::isStopped(std::int32_t pid) {
    if (const auto known = m_stopped.find(pid); known != m_stopped.end())
        return known->second;
    if (m_stopped.size() >= kMostProcesses)
        return false;
    std::ifstream file(fmt::format("{}/proc/{}/stat", m_root, pid));
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto name = text.rfind(')'); // the name before it may hold anything
    const bool stopped =
        name != std::string::npos && name + 2 < text.size() && (text[name + 2] == 'T' || text[name + 2] == 't');
    m_stopped.emplace(pid, stopped);
    return stopped;
}

bool OutsideFacts::allStopped(const Frame& frame, const Row& row) {
    const auto& owners = frame.ownersOf(row);
    return !owners.empty() && std::ranges::all_of(owners, [&](const Owner& owner) { return isStopped(owner.pid); });
}

void OutsideFacts::addTo(Frame& frame) {
    m_stopped.clear();
    const auto& names = frame.names->interfaces;
    const bool anyGone = std::ranges::any_of(names, [](const auto& name) { return isGoneInterface(name.second); });
    for (Row& row : frame.rows) {
        if (row.change == Change::Closed)
            continue;
        const Connection& connection = row.connection;
        if (anyGone && connection.interface != 0 && isGoneInterface(frame.interfaceOf(row)))
            row.forecast.conditions.add(Condition::InterfaceGone);
        const bool waits =
            connection.receiveQueue > 0 && (connection.state == State::Listen || dataWaits(connection, kWaitsFor));
        if (waits && allStopped(frame, row))
            row.forecast.conditions.add(Condition::OwnerStopped);
    }
}

} // namespace halfopen
