// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/port_pressure.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace halfopen {

namespace {

using Destination = std::tuple<std::uint16_t, IpAddress, Endpoint>;

Destination destinationOf(const Row& row) {
    return {row.connection.netnsIndex, row.connection.local.address, row.connection.remote};
}

bool isEphemeral(const Frame& frame, const Row& row) {
    const TcpSysctls& sysctls = frame.sysctlsOf(row);
    const std::uint16_t port = row.connection.local.port;
    return row.change != Change::Closed && row.connection.remote.port != 0 && port >= sysctls.localPortLow &&
           port <= sysctls.localPortHigh && !frame.listens(row.connection.netnsIndex, port);
}

PortPressure emptyFor(const Frame& frame, const Row& row) {
    const TcpSysctls& sysctls = frame.sysctlsOf(row);
    const int available = std::max(0, sysctls.localPortHigh - sysctls.localPortLow + 1);
    return {.local = row.connection.local.address,
            .remote = row.connection.remote,
            .netnsIndex = row.connection.netnsIndex,
            .available = static_cast<std::uint32_t>(available)};
}

void add(const Row& row, PortPressure& to) {
    ++to.used;
    to.timeWait += row.connection.state == State::TimeWait;
}

} // namespace

std::vector<PortPressure> portPressure(const Frame& frame, std::size_t most) {
    std::map<Destination, PortPressure> all;
    for (const Row& row : frame.rows) {
        if (isEphemeral(frame, row))
            add(row, all.try_emplace(destinationOf(row), emptyFor(frame, row)).first->second);
    }
    std::vector<PortPressure> worst;
    worst.reserve(all.size());
    for (const auto& [destination, pressure] : all)
        worst.push_back(pressure);
    std::ranges::stable_sort(worst, std::ranges::greater(), &PortPressure::share);
    worst.resize(std::min(most, worst.size()));
    return worst;
}

PortPressure portPressureOf(const Frame& frame, const Row& row) {
    PortPressure pressure = emptyFor(frame, row);
    if (!isEphemeral(frame, row))
        return pressure;
    const Destination destination = destinationOf(row);
    for (const Row& other : frame.rows) {
        if (destinationOf(other) == destination && isEphemeral(frame, other))
            add(other, pressure);
    }
    return pressure;
}

} // namespace halfopen
