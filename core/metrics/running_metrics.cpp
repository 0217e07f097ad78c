// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/running_metrics.h"

#include <algorithm>
#include <string_view>

namespace halfopen {

namespace {

constexpr std::array kNoticedBounds{1., 10., 60., 300., 900., 3600., 7200., 10800., 86400.};
constexpr std::array<std::string_view, 3> kErrorNames{"not_permitted", "not_supported", "unreadable"};
constexpr std::array<std::string_view, kGradedEvents> kEventNames{"keepalive_probe", "retransmission", "give_up"};

std::size_t errorPlace(ErrorCode code) {
    return code == ErrorCode::NotPermitted ? 0 : code == ErrorCode::NotSupported ? 1 : 2;
}

MetricFamily& append(std::vector<MetricFamily>& families, std::string_view name, MetricType type, std::string_view help,
                     std::string_view unit = {}) {
    return families.emplace_back(MetricFamily{name, type, help, unit, {}});
}

Distribution distributionOf(const ForecastErrors& errors) {
    return Distribution::of(ForecastErrors::kBounds, errors.counts, errors.sumSeconds);
}

} // namespace

RunningMetrics::RunningMetrics()
    : m_noticed(kNoticedBounds) {}

void RunningMetrics::add(const FramePtr& frame) {
    if (frame->error) {
        ++m_errors[errorPlace(frame->error->code)];
        return;
    }
    m_incomplete += frame->missed > 0;
    addUnanswered(*frame);
    for (const EndedConnectionPtr& ended : frame->endings)
        if (const auto after = ended->noticedAfter(); after && isGivenUp(ended->ending))
            m_noticed.add(std::chrono::duration<double>(*after).count());
    m_last = frame;
}

/// What went unanswered between two looks and was answered before the second is not seen: a lower bound.
void RunningMetrics::addUnanswered(const Frame& frame) {
    for (const Row& row : frame.rows) {
        const std::size_t kind = unansweredKind(row.forecast.regime);
        if (row.forecast.unanswered == 0 || row.change == Change::Closed || kind == kUnansweredKinds || !m_last)
            continue;
        const Row* before = m_last->find(frame.keyOf(row));
        const int known = before && before->forecast.regime == row.forecast.regime ? before->forecast.unanswered : 0;
        m_unanswered[kind] += static_cast<std::uint64_t>(std::max(0, row.forecast.unanswered - known));
    }
}

std::vector<MetricFamily> RunningMetrics::families(std::chrono::duration<double> interval,
                                                   const ProcessReadings& process) const {
    std::vector<MetricFamily> families;
    appendLooks(interval, families);
    append(families, "halfopen_process_cpu_seconds", MetricType::Counter, "CPU time of Halfopen itself.", "seconds")
        .add(process.cpuSeconds);
    append(families, "halfopen_process_resident_memory_bytes", MetricType::Gauge, "Resident memory of Halfopen itself.",
           "bytes")
        .add(static_cast<double>(process.residentBytes));
    append(families, "halfopen_process_start_time_seconds", MetricType::Gauge,
           "Unix time at which Halfopen started; its counters begin there.", "seconds")
        .add(std::chrono::duration<double>(process.started.time_since_epoch()).count());
    if (!m_last)
        return families;
    appendEndings(families);
    appendForecasts(families);
    return families;
}

void RunningMetrics::appendLooks(std::chrono::duration<double> interval, std::vector<MetricFamily>& families) const {
    append(families, "halfopen_collect_interval_seconds", MetricType::Gauge,
           "Time between two looks; grows with what a look costs.", "seconds")
        .add(interval.count());
    auto& errors = append(families, "halfopen_collect_errors", MetricType::Counter, "Looks that failed.");
    for (std::size_t i = 0; i < kErrorNames.size(); ++i)
        errors.add({{"reason", kErrorNames[i]}}, static_cast<double>(m_errors[i]));
    append(families, "halfopen_collect_incomplete", MetricType::Counter,
           "Looks during which the table of the kernel changed, so that a connection may be missing.")
        .add(static_cast<double>(m_incomplete));
    append(families, "halfopen_events_lost", MetricType::Counter,
           "Times that the kernel dropped socket events, so that endings may be missing.")
        .add(m_last ? static_cast<double>(m_last->eventsLost) : 0);
}

void RunningMetrics::appendEndings(std::vector<MetricFamily>& families) const {
    append(families, "halfopen_held_connections", MetricType::Gauge,
           "Connections that the kernel has ended and whose programs still hold the descriptor.")
        .add(static_cast<double>(m_last->dead.size()));
    auto& endings = append(families, "halfopen_endings", MetricType::Counter, "Connections that ended, by how.");
    for (std::size_t i = 0; i < kEndingCount; ++i)
        endings.add({{"ending", toString(static_cast<Ending>(i))}},
                    m_last->activity ? static_cast<double>(m_last->activity->total.endings[i]) : 0);
    auto& unanswered = append(families, "halfopen_probes_unanswered", MetricType::Counter,
                              "Probes and retransmissions seen unanswered.");
    for (std::size_t kind = 0; kind < kUnansweredKinds; ++kind)
        unanswered.add({{"kind", kUnansweredNames[kind]}}, static_cast<double>(m_unanswered[kind]));
    append(families, "halfopen_noticed_after_seconds", MetricType::Histogram,
           "Connections that the kernel gave up, by time from the last sign of life to that.", "seconds")
        .add({}, m_noticed);
}

void RunningMetrics::appendForecasts(std::vector<MetricFamily>& families) const {
    const auto& errors = m_last->forecasts.errors;
    auto& off = append(families, "halfopen_forecast_error_seconds", MetricType::Histogram,
                       "Forecasts that came due, by how far they were off, early or late.", "seconds");
    for (std::size_t i = 0; i < kGradedEvents; ++i)
        off.add({{"event", kEventNames[i]}}, distributionOf(errors[i]));
    auto& outside = append(families, "halfopen_forecasts_outside_band", MetricType::Counter,
                           "Forecasts that came due outside of the band they had told.");
    for (std::size_t i = 0; i < kGradedEvents; ++i)
        outside.add({{"event", kEventNames[i]}}, static_cast<double>(errors[i].outsideBand));
}

} // namespace halfopen
