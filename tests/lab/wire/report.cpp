// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/wire/report.h"

#include "core/model/row.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace halfopen::test {

namespace {

constexpr double kWorst = 50;     // ms, on a quiet machine
constexpr double kBandSlack = 10; // ms: two jiffies, of rounding and of the tick, and waking up
constexpr double kOnTime = 5;     // ms: a jiffy, and of waking up

bool within(double low, double high, const Row& row) {
    return *row.actual >= low && *row.actual <= high + row.late + row.slip;
}

bool inBand(const Row& row) {
    const double low = row.earliest - kBandSlack;
    const double high = row.latest + kBandSlack;
    return within(low, high, row) || (row.step > 0 && within(low + row.step, high + row.step, row));
}

bool near(double earliest, double latest, const Row& row) {
    const double low = earliest - kWorst;
    const double high = latest + kWorst;
    return within(low, high, row) || within(low + row.step, high + row.step, row);
}

std::string line(const Row& row) {
    const auto assumed =
        row.assumed ? fmt::format("{:9.1f}", row.actual.value_or(0) - *row.assumed) : std::string(9, ' ');
    const auto actual = row.actual ? fmt::format("{:11.1f} {:8.1f}", *row.actual, row.error()) : "      never      -  ";
    const auto slip = row.slip > 0 ? fmt::format(" {:6.0f}", row.slip) : std::string();
    return fmt::format("{:8} {:20} {:11.1f} {} {} {:10.0f}..{:<10.0f} {:5.1f}{}\n", row.experiment, row.event,
                       row.predicted, actual, assumed, row.earliest, row.latest, row.late, slip);
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

double Report::partOnTime() const {
    const auto onTime = std::count_if(m_rows.begin(), m_rows.end(),
                                      [](const Row& row) { return row.actual && std::abs(row.error()) <= kOnTime; });
    return m_rows.empty() ? 0 : static_cast<double>(onTime) / static_cast<double>(m_rows.size());
}

std::string Report::toString() const {
    auto text = fmt::format("{:8} {:20} {:>11} {:>11} {:>8} {:>9} {:>22} {:>5} {:>6}\n", "case", "event", "predicted",
                            "actual", "error", "assumed", "without phase    ", "late", "slip");
    for (const auto& row : m_rows)
        text += line(row);
    for (const auto& fact : m_facts)
        text += fmt::format("{:8} {}: {}\n", fact.experiment, fact.what, fact.holds ? "yes" : "NO");
    text += fmt::format("{} predictions, {} facts; all in ms from the sample.\n", m_rows.size(), m_facts.size());
    return text + fmt::format("Absolute error: median {:.2f}, 90th percentile {:.2f}, worst {:.2f}; {:.0f} % within a "
                              "jiffy; the machine was late by up to {:.1f}.\n",
                              quantile(0.5), quantile(0.9), quantile(1), 100 * partOnTime(), worstLateness());
}

std::optional<std::string> whyWrong(const Row& row) {
    if (!row.actual)
        return "it did not happen";
    if (!inBand(row))
        return "it is outside the band of the forecast without phase";
    if (!near(row.from, row.to, row))
        return "the forecast with the phase is off";
    if (row.assumed && !near(*row.assumed - row.predicted + row.from, *row.assumed - row.predicted + row.to, row))
        return "the forecast from the sysctls alone is off";
    return std::nullopt;
}

} // namespace halfopen::test
