// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/diagnosis.h"
#include "core/model/grouping.h"

#include <array>
#include <cstdint>
#include <vector>

namespace halfopen {

/// Rows of a frame that have something in common (Grouping::by), summed up. Closed rows are members and not counted.
/// Its name: nameOf() in core/query/group_keys.h.
struct Group {
    enum class Kind : std::uint8_t {
        Value,
        Missing,  ///< those that have no such value: no owner that is known, no peer
        TimeWait, ///< Grouping::foldTimeWait
    };
    static constexpr std::uint32_t kNone = ~std::uint32_t{0};

    std::uint64_t key = 0; ///< the same for as long as this program runs, whichever rows there are; never 0
    Kind kind = Kind::Value;
    GroupBy by = GroupBy::None; ///< what its members have in common
    bool expanded = false;      ///< its members are lines of the table
    std::uint16_t port = 0;     ///< of GroupBy::Service; else 0
    std::uint32_t begin = 0;    ///< its members: Arrangement::shown from here
    std::uint32_t end = 0;      ///< up to but without this one
    std::uint32_t count = 0;    ///< living members
    DiagnosisCounts counts{};   ///< of them, by Diagnosis
    // Members as indexes into Frame::rows; kNone: there is none
    std::uint32_t worst = kNone; ///< whose diagnosis needs attention most, the one that ends first among equals
    std::uint32_t next = kNone;  ///< whose next probe or retransmission comes first
    std::uint32_t ends = kNone;  ///< that is given up first
    std::uint32_t idlest = kNone;
    std::uint32_t never = 0; ///< how many nothing will end
    std::uint32_t keepaliveOn = 0;
    std::uint32_t keepaliveOff = 0;
    std::uint64_t receiveQueue = 0; ///< bytes; listeners, whose queues are of connections, not counted
    std::uint64_t sendQueue = 0;
    std::uint64_t retransmits = 0;
    std::uint64_t bytesSent = 0; ///< and acknowledged
    std::uint64_t bytesReceived = 0;
    double rateSent = 0; ///< bytes a second
    double rateReceived = 0;

    std::uint32_t members() const { return end - begin; }
    bool operator==(const Group&) const = default;
};

/// What a query makes of the rows of a frame.
struct Arrangement {
    std::vector<std::uint32_t> shown; ///< indexes into Frame::rows: what the query lets through; group by group
    std::vector<Group> groups;        ///< in the order to show; empty: nothing is grouped
    /// What a table shows, where there are groups: kGroupLine + index into `groups`, or an index into Frame::rows. Rows
    /// that are in no group (TIME-WAIT alone is folded) stand before them.
    std::vector<std::uint32_t> lines;

    static constexpr std::uint32_t kGroupLine = std::uint32_t{1} << 31;
    static constexpr bool isGroup(std::uint32_t line) { return (line & kGroupLine) != 0; }
    const std::vector<std::uint32_t>& table() const { return groups.empty() ? shown : lines; }
    /// nullptr for a row's line
    const Group* groupOf(std::uint32_t line) const { return isGroup(line) ? &groups[line & ~kGroupLine] : nullptr; }
};

} // namespace halfopen
