// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/frame_metrics.h"

#include "core/metrics/machine_metrics.h"
#include "core/metrics/middlebox_counts.h"
#include "core/metrics/socket_counts.h"

namespace halfopen {

namespace {

double seconds(std::chrono::duration<double> time) {
    return time.count();
}

void appendLook(const Frame& frame, const MetricsInput& input, std::vector<MetricFamily>& families) {
    const auto add = [&](std::string_view name, MetricType type, std::string_view help,
                         std::string_view unit) -> MetricFamily& {
        return families.emplace_back(MetricFamily{name, type, help, unit, {}});
    };
    add("halfopen_build", MetricType::Info, "Version of Halfopen and of this list of metrics.", "")
        .add({{"version", input.version}, {"schema", kMetricsSchema}}, 1);
    add("halfopen_collect_success", MetricType::Gauge, "1 if the last look at the sockets worked.", "")
        .add(frame.error ? 0 : 1);
    if (frame.error)
        return;
    add("halfopen_collect_duration_seconds", MetricType::Gauge, "Time that the last look took.", "seconds")
        .add(seconds(frame.cost));
    add("halfopen_last_success_timestamp_seconds", MetricType::Gauge, "Unix time of the last look that worked.",
        "seconds")
        .add(seconds(input.now.time_since_epoch()));
    add("halfopen_tick_phase_known", MetricType::Gauge, "1 if forecasts are exact to the tick, 0 if they are bands.",
        "")
        .add(frame.clock().phaseKnown() ? 1 : 0);
}

} // namespace

std::vector<MetricFamily> frameMetrics(const Frame& frame, const MetricsInput& input) {
    std::vector<MetricFamily> families;
    appendLook(frame, input, families);
    if (frame.error)
        return families;
    PlaceOptions options = input.places;
    options.reservedPorts = input.machine.reservedPorts;
    SocketCounts sockets;
    PlaceCounts places(frame, options);
    MiddleboxCounts middleboxes(input.middleboxes, input.onPath);
    for (const Row& row : frame.rows) {
        if (row.change == Change::Closed || !frame.isInView(row))
            continue;
        const Scope scope = scopeOf(row.connection);
        sockets.add(row, scope);
        places.add(row, scope);
        middleboxes.add(row, scope);
    }
    sockets.appendTo(families);
    places.appendTo(families);
    middleboxes.appendTo(families);
    appendCounters(input.machine, families);
    appendSettings(frame.inView().sysctls, input.machine, input.boot, families);
    return families;
}

} // namespace halfopen
