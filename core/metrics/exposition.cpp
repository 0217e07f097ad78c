// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/exposition.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

namespace halfopen {

namespace {

std::string_view typeName(MetricType type, Exposition exposition) {
    const bool text = exposition == Exposition::Text;
    switch (type) {
    case MetricType::Info:
        return text ? "gauge" : "info";
    case MetricType::Gauge:
        return "gauge";
    case MetricType::Counter:
        return "counter";
    case MetricType::GaugeHistogram:
        return text ? "histogram" : "gaugehistogram";
    case MetricType::Histogram:
        return "histogram";
    }
    return "unknown";
}

/// What a line's name has behind the family's.
std::string_view suffixOf(MetricType type) {
    return type == MetricType::Info ? "_info" : type == MetricType::Counter ? "_total" : "";
}

std::string numberText(double value) {
    constexpr double kWhole = 9007199254740992.0; // 2^53
    if (std::floor(value) == value && std::abs(value) < kWhole)
        return fmt::format("{}", static_cast<std::int64_t>(value));
    return fmt::format("{}", value);
}

std::string boundText(double bound) {
    std::string text = fmt::format("{}", bound);
    if (text.find_first_of(".e") == std::string::npos)
        text += ".0";
    return text;
}

/// Writes the lines of one exposition.
class Writer {
public:
    explicit Writer(Exposition exposition)
        : m_exposition(exposition) {}

    void write(const MetricFamily& family) {
        head(family);
        for (const MetricSeries& series : family.series) {
            if (series.distribution)
                distribution(family, series);
            else
                line(family.name, suffixOf(family.type), series.labels, numberText(series.value));
        }
    }
    std::string finish() {
        if (m_exposition == Exposition::OpenMetrics)
            m_text += "# EOF\n";
        return std::move(m_text);
    }

private:
    void head(const MetricFamily& family) {
        const auto out = std::back_inserter(m_text);
        const bool text = m_exposition == Exposition::Text; // which knows a family by the names of its lines
        const std::string name = fmt::format("{}{}", family.name, text ? suffixOf(family.type) : "");
        fmt::format_to(out, "# HELP {} {}\n# TYPE {} {}\n", name, family.help, name,
                       typeName(family.type, m_exposition));
        if (!text && !family.unit.empty())
            fmt::format_to(out, "# UNIT {} {}\n", name, family.unit);
    }
    void line(std::string_view name, std::string_view suffix, std::string_view labels, std::string_view value) {
        m_text += name;
        m_text += suffix;
        if (!labels.empty()) {
            m_text += '{';
            m_text += labels;
            m_text += '}';
        }
        m_text += ' ';
        m_text += value;
        m_text += '\n';
    }
    void distribution(const MetricFamily& family, const MetricSeries& series) {
        const Distribution& counts = *series.distribution;
        const std::string_view comma = series.labels.empty() ? "" : ",";
        const auto bounds = counts.bounds();
        for (std::size_t place = 0; place <= bounds.size(); ++place) {
            const std::string bound = place < bounds.size() ? boundText(bounds[place]) : "+Inf";
            line(family.name, "_bucket", fmt::format("{}{}le=\"{}\"", series.labels, comma, bound),
                 std::to_string(counts.upTo(place)));
        }
        const bool now = family.type == MetricType::GaugeHistogram && m_exposition == Exposition::OpenMetrics;
        line(family.name, now ? "_gcount" : "_count", series.labels, std::to_string(counts.count()));
        line(family.name, now ? "_gsum" : "_sum", series.labels, numberText(counts.sum()));
    }

    Exposition m_exposition;
    std::string m_text;
};

} // namespace

std::string_view contentType(Exposition exposition) {
    return exposition == Exposition::Text ? "text/plain; version=0.0.4; charset=utf-8"
                                          : "application/openmetrics-text; version=1.0.0; charset=utf-8";
}

std::string exposed(std::span<const MetricFamily> families, Exposition exposition) {
    Writer writer(exposition);
    for (const MetricFamily& family : families)
        writer.write(family);
    return writer.finish();
}

} // namespace halfopen
