// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/place_counts.h"

#include "core/query/port_pressure.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <string_view>

namespace halfopen {

namespace {

constexpr std::string_view kOther = "other";
constexpr std::string_view kNone = "none";
constexpr std::size_t kMostServices = 64;
constexpr std::size_t kMostNames = 20;
constexpr std::size_t kMostQueues = 32;

template <class Counts>
std::uint64_t totalOf(const Counts& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

/// The keys that have most, at most so many; what comes first in order wins among equals.
template <class Map, class Size>
std::set<typename Map::key_type> greatest(const Map& map, std::size_t most, Size size) {
    std::vector<const typename Map::value_type*> all;
    for (const auto& one : map)
        all.push_back(&one);
    std::ranges::stable_sort(all, std::ranges::greater(), [&](const auto* one) { return size(one->second); });
    all.resize(std::min(most, all.size()));
    std::set<typename Map::key_type> keys;
    for (const auto* one : all)
        keys.insert(one->first);
    return keys;
}

/// Names by what they count, the smaller ones together as "other".
template <class Counts>
std::map<std::string, Counts> fewNames(const std::map<std::string, Counts>& all) {
    std::map<std::string, Counts> few;
    const auto keys = greatest(all, kMostNames, totalOf<Counts>);
    for (const auto& [name, counts] : all) {
        auto& to = few[keys.contains(name) || name == kNone ? name : std::string(kOther)];
        for (std::size_t i = 0; i < counts.size(); ++i)
            to[i] += counts[i];
    }
    return few;
}

template <class Counts>
void appendNames(std::string_view family, std::string_view label, std::string_view help,
                 const std::map<std::string, Counts>& all, std::vector<MetricFamily>& families) {
    auto& to = families.emplace_back(MetricFamily{family, MetricType::Gauge, help, {}, {}});
    for (const auto& [name, counts] : fewNames(all))
        for (const Diagnosis diagnosis : kConnectionDiagnoses)
            if (const auto count = counts[static_cast<std::size_t>(diagnosis)]; count > 0)
                to.add({{label, name}, {"diagnosis", toString(diagnosis)}}, count);
}

bool isBetween(std::string_view text, std::string_view begin, std::string_view end) {
    return text.size() > begin.size() + end.size() && text.starts_with(begin) && text.ends_with(end);
}

/// "sshd@12-192.0.2.1:22-192.0.2.7:50022.service": an instance of a socket with Accept=yes (systemd.socket(5)).
bool isAccepted(std::string_view instance) {
    return std::ranges::count(instance, ':') >= 2 && std::ranges::count(instance, '-') >= 2;
}

} // namespace

const std::set<std::uint16_t>& knownServicePorts() {
    static const std::set<std::uint16_t> ports{22,   25,   53,   80,   143,  389,  443,   465,  587,  636,
                                               853,  993,  1433, 1521, 1883, 2049, 2379,  3306, 3389, 5432,
                                               5672, 6379, 6432, 9042, 9092, 9200, 11211, 27017};
    return ports;
}

std::string unitLabel(const ProcessUnit& unit) {
    if (!unit.container.empty())
        return isContainerId(unit.container) ? "container" : labelText(unit.container);
    const std::string_view name = unit.unit;
    if (isBetween(name, "session-", ".scope"))
        return "session-*.scope";
    if (isBetween(name, "run-", ".service"))
        return "run-*.service";
    if (isBetween(name, "run-", ".scope"))
        return "run-*.scope";
    const auto at = name.find('@');
    const auto dot = name.rfind('.');
    if (at != std::string_view::npos && dot != std::string_view::npos && at < dot &&
        isAccepted(name.substr(at + 1, dot - at - 1)))
        return labelText(fmt::format("{}*{}", name.substr(0, at + 1), name.substr(dot)));
    return labelText(name);
}

const std::string& PlaceCounts::labelOf(const ProcessUnit* unit) {
    const auto [found, isNew] = m_labels.try_emplace(unit);
    if (isNew)
        found->second = unit == nullptr || unit->empty() ? std::string(kNone) : unitLabel(*unit);
    return found->second;
}

void PlaceCounts::add(const Row& row, Scope scope) {
    addQueue(row);
    if (row.diagnosis == Diagnosis::Listening)
        return;
    const auto diagnosis = static_cast<std::size_t>(row.diagnosis);
    ++m_units[labelOf(m_frame.unitOf(row))][diagnosis];
    if (m_options.byProcess) {
        const auto& owners = m_frame.ownersOf(row);
        ++m_processes[owners.empty() ? std::string(kNone) : labelText(owners.front().name)][diagnosis];
    }
    if (scope == Scope::Loopback)
        return;
    const bool in = m_frame.listens(row.connection.netnsIndex, row.connection.local.port);
    const std::uint16_t port = in ? row.connection.local.port : row.connection.remote.port;
    ++m_services[{in || m_options.ports.contains(port) ? port : std::uint16_t{0}, in}][diagnosis];
}

void PlaceCounts::addQueue(const Row& row) {
    if (row.connection.state != State::Listen && row.connection.state != State::SynRecv)
        return;
    Queue& queue = m_queues[row.connection.local.port];
    if (row.connection.state == State::SynRecv) {
        ++queue.synReceived;
        return;
    }
    queue.listens = true;
    queue.used += row.connection.receiveQueue;
    queue.limit += row.connection.sendQueue;
}

void PlaceCounts::appendTo(std::vector<MetricFamily>& families) const {
    appendServices(families);
    appendNames("halfopen_unit_connections", "unit",
                "Connections by systemd unit or container of the socket (its control group).", m_units, families);
    if (m_options.byProcess)
        appendNames("halfopen_process_connections", "process", "Connections by name of the process.", m_processes,
                    families);
    appendPorts(families);
    appendQueues(families);
}

void PlaceCounts::appendServices(std::vector<MetricFamily>& families) const {
    auto& to = families.emplace_back(
        MetricFamily{"halfopen_service_connections",
                     MetricType::Gauge,
                     "Connections by port of the service, loopback excepted: the local port if this host listens "
                     "there, else the remote one.",
                     {},
                     {}});
    const auto greatestServices = greatest(m_services, kMostServices, totalOf<ByDiagnosis>);
    std::map<Service, ByDiagnosis> few;
    for (const auto& [service, counts] : m_services) {
        auto& sum = few[greatestServices.contains(service) ? service : Service{0, service.second}];
        for (std::size_t i = 0; i < counts.size(); ++i)
            sum[i] += counts[i];
    }
    for (const auto& [service, counts] : few) {
        const std::string port = service.first == 0 ? std::string(kOther) : std::to_string(service.first);
        for (const Diagnosis diagnosis : kConnectionDiagnoses)
            if (const auto count = counts[static_cast<std::size_t>(diagnosis)]; count > 0)
                to.add(
                    {{"port", port}, {"direction", service.second ? "in" : "out"}, {"diagnosis", toString(diagnosis)}},
                    count);
    }
}

void PlaceCounts::appendPorts(std::vector<MetricFamily>& families) const {
    const TcpSysctls& sysctls = m_frame.inView().sysctls;
    const std::int64_t range = std::max(0, sysctls.localPortHigh - sysctls.localPortLow + 1);
    families
        .emplace_back(MetricFamily{"halfopen_ephemeral_ports",
                                   MetricType::Gauge,
                                   "Ports in ip_local_port_range less the reserved ones: as many connections can one "
                                   "address open to one address and port.",
                                   {},
                                   {}})
        .add(static_cast<double>(std::max<std::int64_t>(0, range - m_options.reservedPorts)));
    const auto pressure = portPressure(m_frame, std::max<std::size_t>(1, m_options.destinations));
    const PortPressure fullest = pressure.empty() ? PortPressure() : pressure.front();
    families
        .emplace_back(MetricFamily{"halfopen_fullest_destination_ports",
                                   MetricType::Gauge,
                                   "Ephemeral ports in use towards the remote address and port that uses most.",
                                   {},
                                   {}})
        .add({{"use", "connected"}}, fullest.used - fullest.timeWait)
        .add({{"use", "time_wait"}}, fullest.timeWait);
    if (m_options.destinations == 0)
        return;
    std::map<std::string, std::pair<std::uint32_t, std::uint32_t>> remotes; // of whatever local address
    for (const PortPressure& one : pressure) {
        auto& [connected, timeWait] = remotes[one.remote.toString()];
        connected += one.used - one.timeWait;
        timeWait += one.timeWait;
    }
    auto& destinations = families.emplace_back(MetricFamily{
        "halfopen_destination_ports", MetricType::Gauge, "Ephemeral ports in use by remote address and port.", {}, {}});
    for (const auto& [remote, used] : remotes)
        destinations.add({{"remote", remote}, {"use", "connected"}}, used.first)
            .add({{"remote", remote}, {"use", "time_wait"}}, used.second);
}

void PlaceCounts::appendQueues(std::vector<MetricFamily>& families) const {
    const auto greatestQueues = greatest(m_queues, kMostQueues, [](const Queue& queue) {
        return queue.listens ? queue.used + queue.synReceived + 1 : 0;
    });
    const auto append = [&](std::string_view name, std::string_view help, std::uint64_t Queue::*field) {
        auto& to = families.emplace_back(MetricFamily{name, MetricType::Gauge, help, {}, {}});
        std::uint64_t others = 0;
        for (const auto& [port, queue] : m_queues) {
            if (greatestQueues.contains(port) && queue.listens)
                to.add({{"port", std::to_string(port)}}, static_cast<double>(queue.*field));
            else
                others += queue.*field;
        }
        if (others > 0)
            to.add({{"port", kOther}}, static_cast<double>(others));
    };
    append("halfopen_listen_queue_connections", "Connections that wait for accept, by local port.", &Queue::used);
    append("halfopen_listen_queue_limit", "Connections that may wait for accept, by local port.", &Queue::limit);
    append("halfopen_listen_queue_syn_received", "Connections in SYN-RECV, by local port.", &Queue::synReceived);
}

} // namespace halfopen
