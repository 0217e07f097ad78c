// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/grouping.h"
#include "core/model/overview.h"
#include "core/model/socket_key.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace halfopen {

struct FilterNames;

/// What the table can be sorted by; one per column.
enum class SortKey : std::uint8_t {
    Kernel, ///< the order of the dump
    Diagnosis,
    State,
    Local,
    Remote,
    Process,
    Keepalive,
    UserTimeout,
    Timer,
    NextProbe,
    GivesUp,
    Unanswered,
    Idle,
    ReceiveQueue,
    SendQueue,
    Rtt,
    Retransmits,
    User,
    Interface,
    Service, ///< by port
    RemoteName,
    Age,
    BytesSent,
    BytesReceived,
    RateSent,
    RateReceived,
    Netns,
    Unit,
};

/// The quick buttons of the window.
enum class QuickFilter : std::uint8_t { All, Established, Guarded, Unguarded, Suspect, Abandoned, Listening };
inline constexpr std::size_t kQuickFilterCount = 7;

/// Query::netns: the rows of every namespace that is looked at.
inline constexpr std::uint32_t kEveryNetns = ~std::uint32_t{0};

/// All that a person chooses, as one plain value; travels to the sampling thread.
struct Query {
    std::string filter; ///< in the language of core/query/filter.h; where it is wrong, nothing is shown
    /// What its words may mean beyond the language, compared by its address; null: services that everybody knows.
    std::shared_ptr<const FilterNames> names = nullptr;
    QuickFilter quick = QuickFilter::All;
    std::uint16_t diagnoses = 0; ///< bits 1 << Diagnosis: only these are shown; 0: all
    SortKey sort = SortKey::Diagnosis;
    bool descending = false;
    Grouping grouping{};
    std::chrono::milliseconds interval{1000}; ///< 250 ms to 10 s
    /// Which namespace is in view, by NetnsContext::number. One that is gone: the first. A filter that names namespaces
    /// or containers (namesNetns()) has them all in view.
    std::uint32_t netns = kEveryNetns;
    SocketKey selected; ///< the row whose details are shown; none: no cookie
    bool owners = true;
    bool hidden = false;    ///< the window is hidden or minimised: a tenth of the rate
    bool hostNames = false; ///< the names of remote hosts are looked up
    bool summary = true;    ///< what is shown is summed up (Frame::summary)
    /// All that is in view is summed up (Frame::overview); nullopt: nobody looks at it.
    std::optional<OverviewQuery> overview = std::nullopt;

    bool operator==(const Query&) const = default;
};

} // namespace halfopen
