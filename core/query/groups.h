// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/query/group_keys.h"

#include <cstdint>
#include <vector>

namespace halfopen {

/// Whether a query gathers anything.
inline bool isGrouped(const Query& query) {
    return query.grouping.by != GroupBy::None || query.grouping.foldTimeWait;
}

/// Gathers what is shown into groups, and makes the lines of the table. All rows are looked at once, one after the
/// other as they lie in memory: add() for each that is shown, then finish(). O(rows), and O(groups log groups).
class Gatherer {
public:
    /// @param frame        outlives this, as `query` does
    /// @param arrangement  is filled in; what its vectors have of memory is used again. May be the frame's own
    Gatherer(const Frame& frame, const Query& query, Arrangement& arrangement);

    /// @param index  of the row in the frame; rising
    void add(std::uint32_t index, const Row& row);
    /// Where no row is in any group nothing changes. The arrangement's `shown` is in the query's order already, and
    /// within each group stays so.
    /// @param ranks  for each of `shown` its place, the same for neighbours that are equal in the sorted column; empty
    ///               unless groups are ordered by GroupSort::Column
    void finish(const std::vector<std::uint32_t>& ranks);

private:
    /// What the members of a group that stand out have, so far.
    struct Best {
        MonotonicTime next = MonotonicTime::max();
        MonotonicTime ends = MonotonicTime::max();
        MonotonicTime active = MonotonicTime::max(); ///< when data moved last
        std::uint32_t worry = ~std::uint32_t{0};
        std::uint32_t first = 0; ///< its first member's place in the query's order
    };
    /// What decides about the order of groups, without the groups.
    struct Place {
        std::uint64_t rank;
        Group::Kind kind;
        std::uint32_t first;
        std::uint32_t number;
    };
    /// Group numbers by key, in one piece of memory that grows with them.
    class Numbers {
    public:
        /// @return the number of `key`; `next` where it is new, which it then has
        std::uint32_t of(std::uint64_t key, std::uint32_t next);

    private:
        struct Slot {
            std::uint64_t key = 0;
            std::uint32_t number = 0;
        };
        Slot& slotFor(std::uint64_t key);
        void grow();

        std::vector<Slot> m_slots; ///< a power of two of them
        std::size_t m_count = 0;
    };

    static void addForecast(std::uint32_t index, const Row& row, Group& group, Best& best);
    void findFirst();
    std::vector<std::uint32_t> order(const std::vector<std::uint32_t>& ranks) const;
    Place placeOf(std::uint32_t number, const std::vector<std::uint32_t>& ranks) const;
    void settle(std::vector<std::uint32_t> order);
    void makeLines();

    const Frame& m_frame;
    const Query& m_query;
    GroupKeys m_keys;
    Numbers m_numbers;
    Arrangement& m_arrangement;
    std::vector<Group>& m_groups; ///< its own; before settle() as they were found, `end` being how many members
    std::vector<Best> m_best;
    std::size_t m_rate = 0;          ///< into Frame::rates: of the next row that has one
    std::vector<std::uint32_t> m_of; ///< for each row of the frame its group's number
};

} // namespace halfopen
