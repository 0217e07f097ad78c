// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/groups.h"

#include "core/query/filter.h"
#include "core/query/group_keys.h"
#include "core/query/order.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

namespace halfopen {

namespace {

constexpr std::uint32_t kNoGroup = ~std::uint32_t{0};

/// Group numbers by key, in one piece of memory that grows with them. Keys are spread already.
class Numbers {
public:
    /// @return the group's number; `next` where the key is new, which then has it
    std::uint32_t of(std::uint64_t key, std::uint32_t next) {
        if (2 * m_count >= m_slots.size())
            grow();
        Slot& slot = slotFor(key);
        if (slot.key == 0) {
            slot = {key, next};
            ++m_count;
        }
        return slot.number;
    }

private:
    struct Slot {
        std::uint64_t key = 0;
        std::uint32_t number = 0;
    };

    Slot& slotFor(std::uint64_t key) {
        const std::size_t mask = m_slots.size() - 1;
        std::size_t at = key & mask;
        while (m_slots[at].key != 0 && m_slots[at].key != key)
            at = (at + 1) & mask;
        return m_slots[at];
    }
    void grow() {
        const auto before = std::exchange(m_slots, std::vector<Slot>(std::max<std::size_t>(64, 2 * m_slots.size())));
        for (const Slot& slot : before) {
            if (slot.key != 0)
                slotFor(slot.key) = slot;
        }
    }

    std::vector<Slot> m_slots; ///< a power of two of them
    std::size_t m_count = 0;
};

/// Takes `row` for one of a group's members that stand out, if it comes before the one there is.
template <class Value>
void takeFirst(const Frame& frame, std::uint32_t& place, std::uint32_t row, const Value& value) {
    if (place == Group::kNone || value(frame.rows[row]) < value(frame.rows[place]))
        place = row;
}

MonotonicTime nextOf(const Row& row) {
    return row.connection.sampled + row.forecast.next.expected;
}
MonotonicTime endOf(const Row& row) {
    return row.forecast.cause == GiveUpCause::None ? MonotonicTime::max()
                                                   : row.connection.sampled + row.forecast.givesUp.expected;
}

void addForecast(const Frame& frame, std::uint32_t index, Group& group) {
    const Row& row = frame.rows[index];
    const Forecast& forecast = row.forecast;
    if (forecast.nextEvent != NextEvent::None && forecast.nextEvent != NextEvent::GiveUp)
        takeFirst(frame, group.next, index, nextOf);
    if (forecast.cause != GiveUpCause::None)
        takeFirst(frame, group.ends, index, endOf);
    group.never += forecast.never;
    if (row.connection.idleAge())
        takeFirst(frame, group.idlest, index,
                  [](const Row& one) { return one.connection.sampled - one.connection.idleAge().value_or(Millis(0)); });
}

void addSums(const Row& row, Group& group) {
    if (!row.connection.isMini()) {
        group.keepaliveOn += row.options.enabled == Switch::On;
        group.keepaliveOff += row.options.enabled == Switch::Off;
    }
    if (row.connection.state != State::Listen) {
        group.receiveQueue += row.connection.receiveQueue;
        group.sendQueue += row.connection.sendQueue;
    }
    group.retransmits += row.connection.info.totalRetransmits;
}

void add(const Frame& frame, std::uint32_t index, Group& group) {
    const Row& row = frame.rows[index];
    takeFirst(frame, group.worst, index, [](const Row& one) {
        return std::tuple(one.change == Change::Closed, worryOf(one.diagnosis), endOf(one));
    });
    if (row.change == Change::Closed)
        return;
    ++group.count;
    ++group.counts[static_cast<std::size_t>(row.diagnosis)];
    addForecast(frame, index, group);
    addSums(row, group);
}

/// Which group each of the rows that are shown is in.
struct Gathered {
    std::vector<Group> groups; ///< in the order of their first members
    std::vector<std::uint32_t> ranks;
    std::vector<std::uint32_t> of; ///< for each of `shown`; kNoGroup
};

Gathered membersOf(const Frame& frame, const Query& query, const std::vector<std::uint32_t>& ranks,
                   const std::vector<std::uint32_t>& shown) {
    const GroupKeys keys(frame, query.grouping, namesOf(query).services);
    Gathered all;
    all.of.reserve(shown.size());
    Numbers numbers;
    for (std::size_t at = 0; at < shown.size(); ++at) {
        const Row& row = frame.rows[shown[at]];
        const GroupKeys::Key key = keys.of(row);
        if (key.hash == 0) {
            all.of.push_back(kNoGroup);
            continue;
        }
        const auto number = numbers.of(key.hash, static_cast<std::uint32_t>(all.groups.size()));
        if (number == all.groups.size()) {
            all.groups.push_back({.key = key.hash, .kind = key.kind, .by = query.grouping.by, .name = {}});
            if (key.kind == Group::Kind::Value)
                all.groups.back().name = keys.nameOf(row);
            all.ranks.push_back(ranks.empty() ? 0 : ranks[at]);
        }
        all.of.push_back(number);
        ++all.groups[number].end; // how many, until they have their places
        add(frame, shown[at], all.groups[number]);
    }
    return all;
}

bool isTimeWait(const Group& group) {
    return group.kind == Group::Kind::TimeWait;
}

std::vector<std::uint32_t> orderOf(const Frame& frame, GroupSort sort, const Gathered& all) {
    std::vector<std::uint32_t> order(all.groups.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto rank = [&](std::uint32_t number) {
        switch (sort) {
        case GroupSort::Column:
            return all.ranks[number];
        case GroupSort::Worst:
            return std::uint32_t{worryOf(frame.rows[all.groups[number].worst].diagnosis)};
        default:
            return std::uint32_t{0};
        }
    };
    std::ranges::sort(order, [&](std::uint32_t left, std::uint32_t right) {
        const Group& a = all.groups[left];
        const Group& b = all.groups[right];
        if (isTimeWait(a) || isTimeWait(b))
            return isTimeWait(b) && !isTimeWait(a);
        if (const auto ranks = std::pair(rank(left), rank(right)); ranks.first != ranks.second)
            return ranks.first < ranks.second;
        if (sort != GroupSort::Name && a.count != b.count)
            return a.count > b.count;
        return std::tie(a.kind, a.name, a.key) < std::tie(b.kind, b.name, b.key);
    });
    return order;
}

/// Each group's members one after the other, in the order they are in; those in no group before them.
void settle(Gathered all, const std::vector<std::uint32_t>& order, Arrangement& arrangement) {
    auto begin = static_cast<std::uint32_t>(std::ranges::count(all.of, kNoGroup));
    std::vector<std::uint32_t> places(all.groups.size());
    arrangement.groups.reserve(all.groups.size());
    for (const std::uint32_t number : order) {
        Group& group = arrangement.groups.emplace_back(std::move(all.groups[number]));
        group.begin = std::exchange(begin, begin + group.end);
        group.end += group.begin;
        places[number] = group.begin;
    }
    std::vector<std::uint32_t> gathered(arrangement.shown.size());
    std::uint32_t loose = 0;
    for (std::size_t at = 0; at < gathered.size(); ++at)
        gathered[all.of[at] == kNoGroup ? loose++ : places[all.of[at]]++] = arrangement.shown[at];
    arrangement.shown = std::move(gathered);
}

void makeLines(const Grouping& grouping, Arrangement& arrangement) {
    const auto& shown = arrangement.shown;
    auto& lines = arrangement.lines;
    const auto append = [&](std::uint32_t begin, std::uint32_t end) {
        lines.insert(lines.end(), shown.begin() + begin, shown.begin() + end);
    };
    append(0, arrangement.groups.front().begin);
    for (std::uint32_t number = 0; number < arrangement.groups.size(); ++number) {
        Group& group = arrangement.groups[number];
        lines.push_back(Arrangement::kGroupLine | number);
        group.expanded = grouping.isExpanded(group.key);
        if (group.expanded)
            append(group.begin, group.end);
    }
}

} // namespace

void gather(const Frame& frame, const Query& query, const std::vector<std::uint32_t>& ranks, Arrangement& arrangement) {
    arrangement.groups.clear();
    arrangement.lines.clear();
    if (!groups(query.grouping))
        return;
    Gathered all = membersOf(frame, query, ranks, arrangement.shown);
    if (all.groups.empty())
        return;
    const auto order = orderOf(frame, query.grouping.sort, all);
    settle(std::move(all), order, arrangement);
    makeLines(query.grouping, arrangement);
}

} // namespace halfopen
