// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/activity.h"
#include "core/model/contexts.h"
#include "core/model/ended_connection.h"
#include "core/model/error.h"
#include "core/model/filter_hint.h"
#include "core/model/forecast_totals.h"
#include "core/model/grade.h"
#include "core/model/group.h"
#include "core/model/host_names.h"
#include "core/model/kernel_fact.h"
#include "core/model/mptcp_part.h"
#include "core/model/overview.h"
#include "core/model/owner.h"
#include "core/model/query.h"
#include "core/model/row.h"
#include "core/model/row_key.h"
#include "core/model/selected_view.h"
#include "core/model/shown_summary.h"
#include "core/model/socket_key.h"

#include <array>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace halfopen {

/// The name of an interface as it is to be shown where the kernel no longer knows it: "eth0 (gone)", or "if12 (gone)"
/// where its name was never known. Real names have no spaces.
std::string goneInterface(std::string_view lastName, std::uint32_t index);
bool isGoneInterface(std::string_view name);

/// Units and containers by Connection::cgroup, where it belongs to one. Immutable once published.
using CgroupUnits = std::unordered_map<std::uint32_t, ProcessUnitPtr>;
using CgroupUnitsPtr = std::shared_ptr<const CgroupUnits>;

/// A receive queue with data of which the program has read nothing `since` then, as far as samples show.
struct UnreadQueue {
    std::uint64_t cookie = 0;
    std::uint16_t netnsIndex = 0; ///< Connection::netnsIndex
    MonotonicTime since{};
};

/// A port that somebody listens on.
struct ListeningPort {
    std::uint16_t netnsIndex = 0; ///< Connection::netnsIndex
    std::uint16_t port = 0;

    auto operator<=>(const ListeningPort&) const = default;
};

/// What a connection has moved between two samples.
struct Rate {
    std::uint32_t row = 0; ///< into Frame::rows
    float sent = 0;        ///< bytes a second that the peer acknowledged
    float received = 0;
};

/// The last sample of one network namespace, as far as a frame has it.
struct NetnsSample {
    MonotonicTime started{}; ///< before the dump; epoch: there was none yet
    MonotonicTime taken{};   ///< end of the dump
    std::uint32_t begin = 0; ///< its rows, closed ones left out: Frame::rows from here
    std::uint32_t end = 0;   ///< up to but without this one
    bool exact = false;      ///< read from the kernel's own structures (core/kernel/bpf), all but a few rows
    bool gone = false;       ///< nobody looks at it any more: only rows that have closed are left of it
};

/// A complete and immutable picture of all connections at one sample, made by the sampling thread and shared by
/// shared_ptr<const Frame>. `rows` is in the order of the dumps, one namespace after the other, closed rows last;
/// its arrangement is what the query lets through, in the order to show.
struct Frame : Arrangement {
    // What there is.
    std::vector<Row> rows;
    std::vector<std::uint32_t> cookieIndex; ///< open-addressing table of indexes into rows, see find()
    /// What the rows mean; Connection::netnsIndex points here. Never empty, none is null.
    std::vector<NetnsContextPtr> namespaces{std::make_shared<const NetnsContext>()};
    std::vector<NetnsSample> samples; ///< for each of `namespaces`; empty: as sampleOf() says
    /// Connections that the kernel has ended and whose programs still hold the descriptor, each once; see
    /// DeadConnections. They are in no dump, and their programs may not know.
    std::vector<EndedConnectionPtr> dead;

    // What is known of the rows besides, and not of each of them.
    OwnerTablePtr owners;                 ///< never null
    CgroupUnitsPtr units;                 ///< of control groups that rows were made in; null: none is known
    HostNamesPtr hostNames;               ///< as far as they are known; null: nobody asked
    std::vector<UnreadQueue> unread;      ///< ordered by netnsIndex and cookie, see unreadFor()
    std::vector<MptcpPart> mptcp;         ///< ordered by netnsIndex, inode, token and cookie, see mptcpOf()
    std::vector<Rate> rates;              ///< rising by row; of those that moved anything, see rateOf()
    std::vector<ListeningPort> listening; ///< rising, see listens()
    /// Promises of rows in this frame that were broken, the last of each connection; mostly empty.
    std::vector<BrokenPromisePtr> brokenPromises;

    // What was asked for, and what answers it beside the arrangement.
    Query query;
    std::uint16_t inViewIndex = 0;           ///< into `namespaces`; of all: the chosen one, or the first
    bool allInView = true;                   ///< rows of every namespace are in view, not only of that one
    std::vector<KernelAnswer> kernelAnswers; ///< to what the filter has to ask the kernel
    std::vector<FilterHint> hints;           ///< where the filter finds nothing: why, perhaps; only with `summary`
    ShownSummaryPtr summary;                 ///< of what is shown; null unless Query::summary
    OverviewPtr overview;                    ///< null unless Query::overview
    std::optional<SelectedView> selected;    ///< of query.selected, while it is there
    std::vector<std::uint8_t> detail; ///< struct tcp_info as it came for query.selected; empty where there is none

    // What was counted.
    /// Of the rows in view per quick filter, closed ones not counted.
    std::array<std::uint32_t, kQuickFilterCount> quickCounts{};
    DiagnosisCounts diagnoses{};             ///< of the rows in view
    DiagnosisCounts matching{};              ///< and of those that Query::filter lets through, whatever the buttons say
    std::uint32_t appeared = 0;              ///< since the frame before
    std::uint32_t vanished = 0;              ///< since the frame before
    std::uint32_t missed = 0;                ///< rows with Row::missed
    std::vector<EndedConnectionPtr> endings; ///< connections whose end became known with this frame, see core/history
    std::uint64_t eventsLost = 0;            ///< times that the kernel dropped destroy events since the start
    ActivityPtr activity;     ///< what adds up since the start, between any two frames, seen or not; may be null
    ForecastTotals forecasts; ///< how forecasts have held since the start, see core/grades/grader.h

    // How this sample went.
    std::uint64_t sequence = 0;
    bool oneLook = false;              ///< nobody watches: made by Monitor::sampleSettled(), of however many samples
    bool live = true;                  ///< false: a recording; countdowns stand still
    MonotonicTime origin{};            ///< when this run began to look; Row::firstSeenTenths counts from here
    MonotonicTime started{};           ///< before the dump
    MonotonicTime taken{};             ///< end of the dump; with an error: of the last that worked
    std::chrono::microseconds cost{0}; ///< dump, decode, forecast, diff, sort
    /// A socket is locked by its program, and no tcp_info can be had of any in its namespace; its cookie is 0 where it
    /// is not known which one. The first note says so.
    std::optional<RowKey> locked;
    std::optional<Error> error;  ///< why this sample failed: the rows are those of the last that worked, or none
    std::vector<Sentence> notes; ///< e.g. "Owners of other users' sockets need root."

    const Row& shownRow(std::size_t position) const { return rows[shown[position]]; }
    /// The row of a socket, or nullptr. O(1).
    const Row* find(const SocketKey& key) const;
    /// The row of a cookie in the namespace in view, or nullptr. O(1).
    const Row* find(std::uint64_t cookie) const { return find(cookie, inViewIndex); }
    /// The row of a cookie in one of `namespaces`, or nullptr. O(1).
    const Row* find(std::uint64_t cookie, std::uint16_t netnsIndex) const;
    std::optional<MonotonicTime> unreadSince(const Row& row) const; ///< of `unread`
    /// By what a row is tied to its MPTCP connection; nullptr: it is no part of one.
    const MptcpPart* mptcpOf(const Row& row) const;
    /// The subflows of the same MPTCP connection that this frame has, this one among them, closed ones not. In a sample
    /// that leaves out what nobody asked for (SampleRequest::only) there may be more.
    std::vector<const Row*> subflowsOf(const MptcpPart& part) const;
    /// Whether somebody listens on this port, of whatever address, in one of `namespaces`.
    bool listens(std::uint16_t netnsIndex, std::uint16_t port) const;
    Rate rateOf(const Row& row) const; ///< of `rates`; zeros: nothing moved
    /// The name of the row's remote host; "" where none is known.
    std::string_view remoteNameOf(const Row& row) const;
    /// What takes two samples to be known is: ages and rates.
    bool isWatched() const { return sequence > 1 && !oneLook; }
    /// How long this program has known the connection, as of its sample: its age, where hasSeenBegin().
    Millis ageOf(const Row& row) const;
    /// How long data has waited in this row's receive queue without the program's reading any, as of its sample;
    /// nullopt: none waits. See core/monitor/facts.h, unreadSince().
    std::optional<Millis> unreadFor(const Row& row) const;
    /// The last promise about this connection that was broken; nullptr: none was.
    BrokenPromisePtr brokenPromiseOf(const SocketKey& socket) const;
    /// Name of the row's owner; "" where the row has no owner (mini sockets) or the uid has no name.
    std::string_view userOf(const Row& row) const;
    /// Name of the interface a socket is bound to; "" for any.
    std::string_view interfaceOf(const Row& row) const;
    /// The zone of a row's link-local addresses: the name of the interface, its index where no name is known; "": none.
    std::string zoneOf(const Row& row) const;
    /// The row's sides as they are shown, with their zone.
    std::string localOf(const Row& row) const;
    std::string remoteOf(const Row& row) const;
    /// The unit or container that a row belongs to: its first owner's, else that in which its socket was made (accepted
    /// ones: their listener), else the container or unit whose namespace it lives in; nullptr: not known.
    const ProcessUnit* unitOf(const Row& row) const;
    /// Owners of a row; empty where unknown (then ownerUnknown says why).
    const std::vector<Owner>& ownersOf(const Row& row) const;
    bool isInView(const Row& row) const { return allInView || row.connection.netnsIndex == inViewIndex; }
    /// Rows in view that are still there, closed ones not counted.
    std::size_t liveCount() const { return quickCounts[static_cast<std::size_t>(QuickFilter::All)]; }

    /// Its owners or options take rights (needsPermission()), and whoever has them looks in this row's namespace.
    bool canBeReadExactly(const Row& row) const {
        return isHere() && netnsOf(row).tier == NetnsTier::Own && needsPermission(row);
    }
    const NetnsContext& netnsOf(const Row& row) const { return *namespaces[row.connection.netnsIndex]; }
    const TcpSysctls& sysctlsOf(const Row& row) const { return netnsOf(row).sysctls; }
    const TickClock& clockOf(const Row& row) const { return netnsOf(row).host->clock; }
    /// What a row's own clock shows when CLOCK_MONOTONIC of this machine shows `here`. In a recording time stands
    /// still, at each row's sample.
    MonotonicTime presentOf(const Row& row, MonotonicTime here) const;
    /// Likewise of the namespace in view; in a recording at the end of the dump.
    MonotonicTime present(MonotonicTime here) const;
    /// The namespace of a row's machine that traffic of its others passes through: the one looked at first there.
    const NetnsContext& outermostOf(const Row& row) const;
    /// The namespace that is looked at, whose settings the pages show.
    const NetnsContext& inView() const { return *namespaces[inViewIndex]; }
    const TickClock& clock() const { return inView().host->clock; }
    /// Of this machine, as it is now: what is shown can be changed.
    bool isHere() const { return live && inView().host->host == 0; }
    /// Of another machine that has told nothing yet: there are no rows.
    bool isUnmet() const { return inView().host->host == kUnmetHost; }
    /// Of a frame with one namespace and no `samples`: that of the frame, all rows.
    NetnsSample sampleOf(std::uint16_t netnsIndex) const {
        if (netnsIndex < samples.size())
            return samples[netnsIndex];
        return {started, taken, 0, static_cast<std::uint32_t>(rows.size())};
    }
    SocketKey keyOf(const Row& row) const { return keyIn(netnsOf(row), row.connection.cookie); }
};
using FramePtr = std::shared_ptr<const Frame>;

} // namespace halfopen
