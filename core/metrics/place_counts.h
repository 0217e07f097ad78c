// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metric.h"
#include "core/metrics/socket_counts.h"
#include "core/model/frame.h"

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace halfopen {

/// What of an open set of labels is told, and what more than the usual.
struct PlaceOptions {
    std::set<std::uint16_t> ports;   ///< remote ports that are told by number; others are "other"
    bool byProcess = false;          ///< process names as a label
    std::size_t destinations = 0;    ///< how many remote addresses may be told; they leave the machine
    std::uint32_t reservedPorts = 0; ///< of the local range, net.ipv4.ip_local_reserved_ports
};

/// Ports of services that are worth a line of their own.
const std::set<std::uint16_t>& knownServicePorts();

/// A unit or container as a label: instances that come and go are folded ("session-*.scope"), container ids are not
/// told.
std::string unitLabel(const ProcessUnit& unit);

/// Counts connections by the service, unit and process they belong to, listeners' queues and local ports.
class PlaceCounts {
public:
    /// Both have to outlive it.
    PlaceCounts(const Frame& frame, const PlaceOptions& options)
        : m_frame(frame)
        , m_options(options) {}

    void add(const Row& row, Scope scope);
    void appendTo(std::vector<MetricFamily>& families) const;

private:
    using ByDiagnosis = std::array<std::uint32_t, kDiagnosisCount>;
    struct Queue {
        std::uint64_t used = 0;
        std::uint64_t limit = 0;
        std::uint64_t synReceived = 0;
        bool listens = false;
    };
    using Service = std::pair<std::uint16_t, bool>; ///< port, 0 for others; whether others come to it

    void addQueue(const Row& row);
    const std::string& labelOf(const ProcessUnit* unit);
    void appendServices(std::vector<MetricFamily>& families) const;
    void appendPorts(std::vector<MetricFamily>& families) const;
    void appendQueues(std::vector<MetricFamily>& families) const;

    const Frame& m_frame;
    const PlaceOptions& m_options;
    std::map<Service, ByDiagnosis> m_services;
    std::map<std::string, ByDiagnosis> m_units;
    std::map<std::string, ByDiagnosis> m_processes;
    std::unordered_map<const ProcessUnit*, std::string> m_labels;
    std::map<std::uint16_t, Queue> m_queues; ///< by local port
};

} // namespace halfopen
