// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/wire/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace halfopen::test {

namespace {

constexpr double kWorst = 50;    // ms, on a quiet machine
constexpr double kJiffy = 4;     // ms at HZ 250; what a handler may be late without moving the next one
constexpr double kBandSlack = 8; // ms: two jiffies of rounding and of waking up

bool inBand(const Row& row) {
    return *row.actual >= row.earliest - kBandSlack && *row.actual <= row.latest + kBandSlack + row.late;
}

bool near(double predicted, const Row& row) {
    if (std::abs(*row.actual - predicted) <= kWorst + row.late)
        return true;
    return row.late > kJiffy && inBand(row);
}

std::string line(const Row& row) {
    const auto assumed =
        row.assumed ? fmt::format("{:9.1f}", row.actual.value_or(0) - *row.assumed) : std::string(9, ' ');
    const auto actual = row.actual ? fmt::format("{:11.1f} {:8.1f}", *row.actual, row.error()) : "      never      -  ";
    return fmt::format("{:8} {:22} {:11.1f} {} {} {:10.0f}..{:<10.0f} {:5.1f}\n", row.experiment, row.event,
                       row.predicted, actual, assumed, row.earliest, row.latest, row.late);
}

} // namespace

double Report::quantile(double part) const {
    std::vector<double> errors;
    for (const auto& row : m_rows)
        if (row.actual)
            errors.push_back(std::abs(row.error()));
    if (errors.empty())
        return 0;
    std::sort(errors.begin(), errors.end());
    return errors[static_cast<std::size_t>(part * static_cast<double>(errors.size() - 1))];
}

double Report::worstLateness() const {
    double worst = 0;
    for (const auto& row : m_rows)
        worst = std::max(worst, row.late);
    return worst;
}

std::string Report::toString() const {
    auto text = fmt::format("{:8} {:22} {:>11} {:>11} {:>8} {:>9} {:>22} {:>5}\n", "case", "event", "predicted",
                            "actual", "error", "assumed", "without phase    ", "late");
    for (const auto& row : m_rows)
        text += line(row);
    for (const auto& fact : m_facts)
        text += fmt::format("{:8} {}: {}\n", fact.experiment, fact.what, fact.true_ ? "yes" : "NO");
    return text +
           fmt::format("{} predictions, {} facts; all in ms from the sample. Absolute error: median {:.2f}, 90th "
                       "percentile {:.2f}, worst {:.2f}; the machine was late by up to {:.1f}.\n",
                       m_rows.size(), m_facts.size(), quantile(0.5), quantile(0.9), quantile(1), worstLateness());
}

std::optional<std::string> whyWrong(const Row& row) {
    if (!row.actual)
        return "it did not happen";
    if (!inBand(row))
        return "it is outside the band of the forecast without phase";
    if (!near(row.predicted, row))
        return "the forecast with the phase is off";
    if (row.assumed && !near(*row.assumed, row))
        return "the forecast from the sysctls alone is off";
    return std::nullopt;
}

} // namespace halfopen::test
