// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sysctl/machine_reader.h"

#include "core/kernel/kept_file.h"
#include "core/kernel/port_range.h"
#include "core/kernel/sysctl/sysctl_lines.h"
#include "core/kernel/sysctl/sysctl_reader.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <sstream>

namespace halfopen {

namespace {

std::string textOf(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::optional<std::int32_t> numberIn(const std::string& path) {
    const auto value = parseSysctlText(textOf(path));
    return value ? std::optional(*value) : std::nullopt;
}

struct Counter {
    std::string_view name;
    std::optional<std::uint64_t> MachineReadings::*field;
};
constexpr Counter kCounters[] = {
    {"ListenOverflows", &MachineReadings::listenOverflows},
    {"ListenDrops", &MachineReadings::listenDrops},
    {"TCPKeepAlive", &MachineReadings::keepaliveProbes},
    {"TCPAbortOnTimeout", &MachineReadings::abortsOnTimeout},
    {"TCPTimeWaitOverflow", &MachineReadings::timeWaitOverflows},
    {"TCPReqQFullDrop", &MachineReadings::requestQueueFullDrops},
};

/// Two lines for each group: "TcpExt: name name ...", "TcpExt: value value ...".
void readCounters(const std::string& netstat, MachineReadings& readings) {
    constexpr std::string_view kGroup = "TcpExt:";
    std::istringstream lines(netstat);
    for (std::string names, values; std::getline(lines, names) && std::getline(lines, values);) {
        if (!names.starts_with(kGroup) || !values.starts_with(kGroup))
            continue;
        std::istringstream name(names.substr(kGroup.size())), value(values.substr(kGroup.size()));
        std::uint64_t number = 0;
        for (std::string word; name >> word && value >> number;) {
            const auto* known = std::find_if(std::begin(kCounters), std::end(kCounters),
                                             [&](const Counter& counter) { return counter.name == word; });
            if (known != std::end(kCounters))
                readings.*known->field = number;
        }
    }
}

std::uint32_t reservedPorts(const std::string& ipv4) {
    KeptFile range(ipv4 + "ip_local_port_range");
    const auto ports = readPortRange(range);
    return ports ? portsInList(textOf(ipv4 + "ip_local_reserved_ports"), ports->first, ports->second) : 0;
}

} // namespace

std::uint32_t portsInList(std::string_view list, std::uint16_t low, std::uint16_t high) {
    std::uint32_t count = 0;
    std::string_view rest = trimmed(list);
    while (!rest.empty()) {
        const std::string_view one = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(one.size() + 1, rest.size()));
        std::uint16_t first = 0;
        const auto [behind, error] = std::from_chars(one.data(), one.data() + one.size(), first);
        if (error != std::errc())
            return 0;
        std::uint16_t last = first;
        if (behind != one.data() + one.size() &&
            (*behind != '-' || std::from_chars(behind + 1, one.data() + one.size(), last).ec != std::errc()))
            return 0;
        const int from = std::max(first, low), to = std::min(last, high);
        count += static_cast<std::uint32_t>(std::max(0, to - from + 1));
    }
    return count;
}

MachineReadings readMachine(const std::string& root) {
    MachineReadings readings;
    readCounters(textOf(root + "/proc/thread-self/net/netstat"), readings);
    const std::string ipv4 = root + "/proc/sys/net/ipv4/";
    readings.maxTimeWaits = numberIn(ipv4 + "tcp_max_tw_buckets");
    readings.timeWaitReuse = numberIn(ipv4 + "tcp_tw_reuse");
    readings.synBacklog = numberIn(ipv4 + "tcp_max_syn_backlog");
    readings.acceptQueue = numberIn(root + "/proc/sys/net/core/somaxconn");
    readings.reservedPorts = reservedPorts(ipv4);
    return readings;
}

} // namespace halfopen
