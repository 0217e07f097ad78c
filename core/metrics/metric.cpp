// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/metric.h"

#include "core/text/foreign_text.h"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace halfopen {

namespace {

/// '\', '"' and line feeds are all that both formats escape.
void appendEscaped(std::string& to, std::string_view text) {
    for (const char c : text) {
        if (c == '\n') {
            to += "\\n";
            continue;
        }
        if (c == '\\' || c == '"')
            to += '\\';
        to += c;
    }
}

std::string written(std::initializer_list<Label> labels) {
    std::string text;
    for (const auto& [name, value] : labels) {
        if (!text.empty())
            text += ',';
        text += name;
        text += "=\"";
        appendEscaped(text, value);
        text += '"';
    }
    return text;
}

bool continuesCharacter(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

} // namespace

Distribution::Distribution(std::span<const double> bounds)
    : m_bounds(bounds)
    , m_counts(bounds.size() + 1) {}

Distribution Distribution::of(std::span<const double> bounds, std::span<const std::uint64_t> counts, double sum) {
    Distribution made(bounds);
    std::ranges::copy(counts, made.m_counts.begin());
    made.m_sum = sum;
    return made;
}

void Distribution::add(double value) {
    const auto bound = std::lower_bound(m_bounds.begin(), m_bounds.end(), value);
    ++m_counts[static_cast<std::size_t>(std::distance(m_bounds.begin(), bound))];
    m_sum += value;
}

std::uint64_t Distribution::upTo(std::size_t place) const {
    return std::accumulate(m_counts.begin(), m_counts.begin() + static_cast<std::ptrdiff_t>(place) + 1,
                           std::uint64_t{0});
}

MetricFamily& MetricFamily::add(std::initializer_list<Label> labels, double value) {
    series.push_back({written(labels), value, std::nullopt});
    return *this;
}

MetricFamily& MetricFamily::add(std::initializer_list<Label> labels, Distribution distribution) {
    series.push_back({written(labels), 0, std::move(distribution)});
    return *this;
}

std::string labelText(std::string_view foreign) {
    constexpr std::size_t kMost = 64;
    std::string text = harmless(foreign);
    if (text.size() <= kMost)
        return text;
    std::size_t end = kMost;
    while (end > 0 && continuesCharacter(text[end]))
        --end;
    text.resize(end);
    return text;
}

} // namespace halfopen
