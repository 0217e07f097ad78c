// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/path_source.h"
#include "core/model/listeners.h"
#include "core/model/row.h"
#include "core/model/tcp_sysctls.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace halfopen {

/// What earlier samples told of connections in trouble, by cookie: kept from sample to sample by the Monitor.
class FlightMemory {
public:
    /// What is remembered from the samples before this one; nullptr: nothing.
    const FlightPast* recall(std::uint64_t cookie) const;
    /// @return where it is kept until the next sample
    const FlightPast* keep(std::uint64_t cookie, const FlightPast& past);
    /// This sample's are forgotten: its dump begins again.
    void restart() { m_now.clear(); }
    /// The sample is complete: what was not kept in it is forgotten.
    void advance();

private:
    std::unordered_map<std::uint64_t, FlightPast> m_before;
    std::unordered_map<std::uint64_t, FlightPast> m_now;
};

/// Whether it is worth 10 us to look where a connection's segments go: something is sent and not answered.
bool isWorthAPath(const Connection& connection, const KeepaliveOptions& options);

/// The requests of one sample and the listeners that they wait for.
class Requests {
public:
    void clear();
    void addListener(const Row& row, std::uint32_t index);
    /// @param facts  may be null; copied
    void add(const Row& row, std::uint32_t index, const ExactFacts* facts);
    /// A connection that waits to be accepted, whose options are its own and exact.
    void addWaiting(std::uint32_t index) { m_waiting.push_back(index); }
    /// Says of those whose listener has other options now. @param rows  as count()
    void markChangedListeners(std::vector<Row>& rows) const;

    const std::vector<std::uint32_t>& rows() const { return m_rows; } ///< of the requests, indexes
    /// What their listener decides about them; nullptr: none was found. After everything has been added.
    const ListenerFacts* of(const Connection& request) const;
    /// What add() was given with it; nullptr: nothing.
    const ExactFacts* exactOf(std::uint32_t index) const;
    /// Counts the requests of each listener. @param rows  of the frame, which the indexes are of
    void count(const std::vector<Row>& rows, const TcpSysctls& sysctls);

private:
    Listeners m_listeners;
    std::vector<std::uint32_t> m_rows;
    std::unordered_map<std::uint32_t, ExactFacts> m_exact; ///< by index
    std::vector<std::uint32_t> m_listenerRows;
    std::vector<std::uint32_t> m_waiting;
    std::unordered_map<std::uint64_t, ListenerFacts> m_facts; ///< by the listener's cookie
};

} // namespace halfopen
