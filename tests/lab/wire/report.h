// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace halfopen::test {

/// One forecast of one event held against what happened; ms from the sample.
struct Row {
    std::string experiment; ///< as in "K2"
    std::string event;      ///< as in "keepalive-probe 2"
    double predicted = 0;   ///< with the phase of the jiffies
    double from = 0;        ///< the band of that: a point, but where the sample was not taken within one tick
    double to = 0;
    double earliest = 0; ///< without it
    double latest = 0;
    std::optional<double> actual;  ///< nothing: it did not happen
    std::optional<double> assumed; ///< predicted from the sysctls alone, where those hold what the socket has
    double late = 0;               ///< how late this machine was for everybody meanwhile
    double slip = 0;               ///< how much later it may come because an earlier handler of its chain ran late
    double step = 0;               ///< what it costs to have missed a limit because of that

    double error() const { return actual.value_or(0) - predicted; }
};

/// A forecast of "never", or another fact that is true or not.
struct Fact {
    std::string experiment;
    std::string what;
    bool holds = false;
};

/// What all experiments have found.
class Report {
public:
    void add(Row row) { m_rows.push_back(std::move(row)); }
    void add(Fact fact) { m_facts.push_back(std::move(fact)); }
    const std::vector<Row>& rows() const { return m_rows; }
    const std::vector<Fact>& facts() const { return m_facts; }

    /// Of the absolute errors, in ms. @param part  0.5 for the median, 1 for the worst
    double quantile(double part) const;
    /// The worst of all rows.
    double worstLateness() const;
    /// Part of the rows that came within a jiffy of the forecast.
    double partOnTime() const;
    /// As a table in text, with a last line that sums it up.
    std::string toString() const;

private:
    std::vector<Row> m_rows;
    std::vector<Fact> m_facts;
};

/// Why a row is wrong; nothing where it is right.
///
/// The error must be within 50 ms of what was told and the band must hold. On a machine that is late itself its
/// lateness comes on top. And a timer handler that runs a tick late arms the next timer from there, which can take that
/// over the edge of a granule, and with it everything after: Row::slip says how far.
std::optional<std::string> whyWrong(const Row& row);

} // namespace halfopen::test
