// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/grades/broken_report.h"
#include "core/grades/error_counts.h"
#include "core/grades/look.h"
#include "core/grades/promise_book.h"
#include "core/model/forecast_totals.h"
#include "core/model/grade.h"

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace halfopen {

struct Row;

/// Holds every forecast against what came. A promise is graded when its moment comes: what came lies in it (kept), or
/// something that it assumes not to happen was seen in a later sample or event (excused), or neither (broken).
///
/// Graded are the last promise before each probe, retransmission, SYN and SYN-ACK, and the oldest promise of an end
/// that still stood. A promise that the use of the connection overtakes (the peer answered, and nothing had stayed
/// unanswered) is given up without a grade, as is what cannot be decided: a full socket that is gone and whose
/// counters nobody has told, a timewait socket or a request, which have none.
///
/// One thread. Costs nothing where nothing is promised; elsewhere it compares the two rows at hand. Only promises of an
/// end that have stood for a sample are written down, see PromiseBook.
class Grader {
public:
    explicit Grader(ReportVersions versions)
        : m_versions(std::move(versions)) {}

    /// The next rows that are compared are of this network namespace.
    /// @param settingsChanged  since the sample that those rows had before
    /// @param origin           as Frame::origin
    void beginSample(NetnsContextPtr netns, bool settingsChanged, MonotonicTime origin);

    /// One connection from one sample to the next. Call where both rows are at hand; marks `now` where its promise is
    /// written down (Row::promiseBooked).
    void compare(const Row& before, Row& now);

    /// The oldest promise of this end that stands, for end(). The connection is gone: it is struck out.
    /// @return nullopt where none was made
    std::optional<Promise> leave(const Row& last);

    /// What became of a connection whose end was promised.
    struct End {
        Look last;                           ///< the last sample that saw it
        const DestroyEvent* event = nullptr; ///< where the kernel has freed it and told so
        MonotonicTime missed{};              ///< end of the first dump without it
        bool askedFor = false;               ///< Halfopen closed it
        bool disconnected = false;           ///< its event tells that its counters were reset, tcp_disconnect()
        bool listenerGone = false;           ///< its listener is no longer there
    };
    EndGrade end(const Promise& made, const End& end);

    ForecastTotals totals() const;
    /// The last promise of this connection that was broken; nullptr: none was. Kept for the last 256 connections.
    BrokenPromisePtr broken(const SocketKey& socket) const;
    /// Of all that are kept, in the order in which they were broken.
    std::vector<BrokenPromisePtr> allBroken() const;

private:
    struct Kept {
        BrokenPromisePtr report;
        std::uint64_t number = 0; ///< as it was counted
    };
    /// @return whether it was counted as excused or broken: then what it does to the end is not counted again
    bool gradeNext(const Look& before, const Look& now, Sightings seen);
    bool gradeNext(const Look& before, const Look& now, const Came& came, Sightings excusing);
    void gradeEnd(const Row& before, Row& now, Sightings seen, bool counted);
    bool excuse(const Forecast& forecast, Sightings excusing);
    void write(const Promise& promise, const Row& before, Row& now);
    void keep(GradedEvent event, const Promise& promise, const Came& came);
    void breaks(GradedEvent event, const BrokenFacts& facts);
    void addError(GradedEvent event, std::chrono::nanoseconds error);
    PromiseBook& bookOf(const Connection& connection);
    const TickClock& clock() const { return m_netns->host->clock; }

    ReportVersions m_versions;
    NetnsContextPtr m_netns; ///< of the rows at hand
    MonotonicTime m_origin{};
    bool m_settingsChanged = false;
    std::vector<PromiseBook> m_books; ///< by Connection::netnsIndex
    ForecastTotals m_totals;          ///< without the errors
    ErrorCounts m_errors;
    std::unordered_map<SocketKey, Kept> m_broken;
};

} // namespace halfopen
