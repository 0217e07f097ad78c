// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace halfopen {

/// Types of OpenMetrics 1.0 that Halfopen uses. The text format 0.0.4 calls an Info a gauge and a GaugeHistogram a
/// histogram.
enum class MetricType : std::uint8_t { Info, Gauge, Counter, GaugeHistogram, Histogram };

/// How many values lie at or below each of some bounds, and their sum.
class Distribution {
public:
    /// @param bounds  rising, of static lifetime; one more bucket is for what is above all of them
    explicit Distribution(std::span<const double> bounds);
    void add(double value);
    /// What somebody else has counted. @param counts  one for each bound, and one for what is beyond
    static Distribution of(std::span<const double> bounds, std::span<const std::uint64_t> counts, double sum);

    std::span<const double> bounds() const { return m_bounds; }
    /// Of the values at or below bounds()[place], as expositions have it; of all for the place behind the last.
    std::uint64_t upTo(std::size_t place) const;
    std::uint64_t count() const { return upTo(m_bounds.size()); }
    double sum() const { return m_sum; }

private:
    std::span<const double> m_bounds;
    std::vector<std::uint64_t> m_counts;
    double m_sum = 0;
};

using Label = std::pair<std::string_view, std::string_view>; ///< name, text

/// One of the lines of a family.
struct MetricSeries {
    std::string labels; ///< as they are written: 'state="listen",scope="public"'; "": none
    double value = 0;
    std::optional<Distribution> distribution; ///< of histograms; then `value` means nothing
};

/// All that is told under one name. The names, types, helps and labels are a contract with whoever collects them:
/// resources/metrics/contract.json.
struct MetricFamily {
    std::string_view name; ///< "halfopen_listen_drops", without the suffixes of an exposition
    MetricType type = MetricType::Gauge;
    std::string_view help; ///< never varies: node_exporter drops a family whose help differs between files
    std::string_view unit; ///< "seconds", "bytes"; the name ends with it; "": none
    std::vector<MetricSeries> series;

    MetricFamily& add(std::initializer_list<Label> labels, double value);
    MetricFamily& add(double value) { return add({}, value); }
    MetricFamily& add(std::initializer_list<Label> labels, Distribution distribution);
};

/// Text of others as it may stand in a label: valid UTF-8, harmless on a terminal, at most 64 bytes. What is cut off
/// or replaced can make two texts equal: whoever counts by label counts by the result. One byte that is no UTF-8 makes
/// Prometheus give up the whole target.
std::string labelText(std::string_view foreign);

} // namespace halfopen
