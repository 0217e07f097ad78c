// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/middlebox_counts.h"

#include <string_view>
#include <utility>

namespace halfopen {

namespace {

constexpr std::array<std::string_view, 3> kVerdicts{"survives", "barely", "forgotten"};

std::size_t verdictOf(const Middlebox& box, const KeepaliveOptions& options) {
    if (options.enabled == Switch::Off)
        return static_cast<std::size_t>(Survival::Forgotten);
    return static_cast<std::size_t>(survival(box, {options.idleSeconds, options.intervalSeconds, options.probes}));
}

} // namespace

MiddleboxCounts::MiddleboxCounts(std::span<const Middlebox> boxes, std::vector<std::string> onPath)
    : m_onPath(std::move(onPath)) {
    for (const Middlebox& box : boxes)
        if (box.layer == 4)
            m_boxes.push_back({&box});
}

/// Of a connection whose keepalive another timer hides nothing is known.
void MiddleboxCounts::add(const Row& row, Scope scope) {
    if (row.connection.state != State::Established || scope == Scope::Loopback ||
        row.options.enabled == Switch::Unknown)
        return;
    for (Counted& counted : m_boxes)
        ++counted.verdicts[verdictOf(*counted.box, row.options)];
}

void MiddleboxCounts::appendTo(std::vector<MetricFamily>& families) const {
    auto& connections = families.emplace_back(
        MetricFamily{"halfopen_middlebox_connections",
                     MetricType::Gauge,
                     "Established connections, loopback excepted, by what a middlebox with such an idle timeout does "
                     "to them while they are idle.",
                     {},
                     {}});
    for (const Counted& counted : m_boxes)
        for (std::size_t verdict = 0; verdict < kVerdicts.size(); ++verdict)
            connections.add({{"middlebox", counted.box->id}, {"verdict", kVerdicts[verdict]}},
                            counted.verdicts[verdict]);
    auto& timeouts = families.emplace_back(MetricFamily{
        "halfopen_middlebox_idle_timeout_seconds", MetricType::Gauge, "Idle timeout of the middlebox.", "seconds", {}});
    for (const Counted& counted : m_boxes)
        timeouts.add({{"middlebox", counted.box->id}}, counted.box->idleTimeout);
    if (m_onPath.empty())
        return;
    auto& onPath = families.emplace_back(MetricFamily{"halfopen_middlebox_on_path",
                                                      MetricType::Gauge,
                                                      "1 for what the administrator says is on the way (--middlebox).",
                                                      {},
                                                      {}});
    for (const std::string& id : m_onPath)
        onPath.add({{"middlebox", id}}, 1);
}

} // namespace halfopen
