// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/groups.h"

#include "core/query/filter.h"
#include "core/query/order.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <tuple>
#include <utility>

namespace halfopen {

namespace {

constexpr std::uint32_t kNoGroup = ~std::uint32_t{0};

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
    group.bytesSent += row.connection.info.bytesAcked;
    group.bytesReceived += row.connection.info.bytesReceived;
}

void takeFirst(MonotonicTime moment, std::uint32_t row, MonotonicTime& best, std::uint32_t& place) {
    if (place != Group::kNone && moment >= best)
        return;
    best = moment;
    place = row;
}

MonotonicTime endOf(const Row& row) {
    return row.forecast.cause == GiveUpCause::None ? MonotonicTime::max()
                                                   : row.connection.sampled + row.forecast.givesUp.expected;
}

/// Puts the groups into an order, in place: 100,000 of them are 12 MB. @param order  is used up
void permute(std::vector<Group>& groups, std::vector<std::uint32_t>& order) {
    for (std::uint32_t start = 0; start < order.size(); ++start) {
        if (order[start] == start)
            continue;
        const Group first = groups[start];
        std::uint32_t at = start;
        while (order[at] != start) {
            groups[at] = groups[order[at]];
            at = std::exchange(order[at], at);
        }
        groups[at] = first;
        order[at] = at;
    }
}

} // namespace

std::uint32_t Gatherer::Numbers::of(std::uint64_t key, std::uint32_t next) {
    if (2 * m_count >= m_slots.size())
        grow();
    Slot& slot = slotFor(key);
    if (slot.key == 0) {
        slot = {key, next};
        ++m_count;
    }
    return slot.number;
}

/// Keys are spread already.
Gatherer::Numbers::Slot& Gatherer::Numbers::slotFor(std::uint64_t key) {
    const std::size_t mask = m_slots.size() - 1;
    std::size_t at = key & mask;
    while (m_slots[at].key != 0 && m_slots[at].key != key)
        at = (at + 1) & mask;
    return m_slots[at];
}

void Gatherer::Numbers::grow() {
    const auto before = std::exchange(m_slots, std::vector<Slot>(std::max<std::size_t>(64, 4 * m_slots.size())));
    for (const Slot& slot : before) {
        if (slot.key != 0)
            slotFor(slot.key) = slot;
    }
}

Gatherer::Gatherer(const Frame& frame, const Query& query, Arrangement& arrangement)
    : m_frame(frame)
    , m_query(query)
    , m_keys(frame, query.grouping, namesOf(query).services)
    , m_arrangement(arrangement)
    , m_groups(arrangement.groups)
    , m_of(frame.rows.size(), kNoGroup) {
    m_groups.clear();
    m_best.reserve(m_groups.capacity());
}

void Gatherer::addForecast(std::uint32_t index, const Row& row, Group& group, Best& best) {
    const Forecast& forecast = row.forecast;
    if (forecast.nextEvent != NextEvent::None && forecast.nextEvent != NextEvent::GiveUp)
        takeFirst(row.connection.sampled + forecast.next.expected, index, best.next, group.next);
    if (forecast.cause != GiveUpCause::None)
        takeFirst(endOf(row), index, best.ends, group.ends);
    if (const auto idle = row.connection.idleAge())
        takeFirst(row.connection.sampled - *idle, index, best.active, group.idlest);
    group.never += forecast.never;
}

void Gatherer::add(std::uint32_t index, const Row& row) {
    const GroupKeys::Key key = m_keys.of(row);
    if (key.hash == 0)
        return;
    const auto number = m_numbers.of(key.hash, static_cast<std::uint32_t>(m_groups.size()));
    if (number == m_groups.size()) {
        m_groups.push_back({.key = key.hash, .kind = key.kind, .by = m_query.grouping.by, .port = key.port});
        m_best.emplace_back();
    }
    m_of[index] = number;
    Group& group = m_groups[number];
    Best& best = m_best[number];
    ++group.end;
    const bool closed = row.change == Change::Closed;
    const std::uint32_t worry = closed ? kDiagnosisCount : worryOf(row.diagnosis);
    if (worry < best.worry || (worry == best.worry && endOf(row) < endOf(m_frame.rows[group.worst]))) {
        best.worry = worry;
        group.worst = index;
    }
    if (closed)
        return;
    ++group.count;
    ++group.counts[static_cast<std::size_t>(row.diagnosis)];
    addForecast(index, row, group, best);
    addSums(row, group);
    while (m_rate < m_frame.rates.size() && m_frame.rates[m_rate].row < index)
        ++m_rate;
    if (m_rate < m_frame.rates.size() && m_frame.rates[m_rate].row == index) {
        group.rateSent += m_frame.rates[m_rate].sent;
        group.rateReceived += m_frame.rates[m_rate].received;
    }
}

void Gatherer::findFirst() {
    const auto& shown = m_arrangement.shown;
    for (Best& best : m_best)
        best.first = kNoGroup;
    for (std::uint32_t at = 0; at < shown.size(); ++at) {
        const std::uint32_t number = m_of[shown[at]];
        if (number != kNoGroup)
            m_best[number].first = std::min(m_best[number].first, at);
    }
}

/// Names of a few are worth their while; of very many the first members decide, which stand by their age at last.
std::vector<std::uint32_t> Gatherer::order(const std::vector<std::uint32_t>& ranks) const {
    constexpr std::size_t kNamed = 4096;
    const GroupSort sort = m_query.grouping.sort;
    const bool named = m_groups.size() <= kNamed || sort == GroupSort::Name;
    std::vector<std::string> names(named ? m_groups.size() : 0);
    for (std::size_t number = 0; number < names.size(); ++number)
        names[number] = nameOf(m_frame, m_groups[number]);
    std::vector<Place> places(m_groups.size());
    for (std::uint32_t number = 0; number < places.size(); ++number)
        places[number] = placeOf(number, ranks);
    std::ranges::sort(places, [&](const Place& a, const Place& b) {
        if (a.rank != b.rank)
            return a.rank < b.rank;
        if (named && (a.kind != b.kind || names[a.number] != names[b.number]))
            return std::tie(a.kind, names[a.number]) < std::tie(b.kind, names[b.number]);
        return a.first < b.first;
    });
    std::vector<std::uint32_t> order(places.size());
    std::ranges::transform(places, order.begin(), &Place::number);
    return order;
}

/// TIME-WAITs are last, whatever the order; of equal ones the largest comes first.
Gatherer::Place Gatherer::placeOf(std::uint32_t number, const std::vector<std::uint32_t>& ranks) const {
    const Group& group = m_groups[number];
    const Best& best = m_best[number];
    const GroupSort sort = m_query.grouping.sort;
    std::uint32_t rank = 0;
    if (group.kind == Group::Kind::TimeWait)
        rank = kNoGroup;
    else if (sort == GroupSort::Column)
        rank = ranks.empty() ? 0 : ranks[best.first];
    else if (sort == GroupSort::Worst)
        rank = best.worry;
    const std::uint32_t fewer = sort == GroupSort::Name ? 0 : ~group.count;
    return {std::uint64_t{rank} << 32 | fewer, group.kind, best.first, number};
}

/// Each group's members one after the other, in the order they are in; those in no group before them.
void Gatherer::settle(std::vector<std::uint32_t> order) {
    auto& shown = m_arrangement.shown;
    auto begin = static_cast<std::uint32_t>(shown.size());
    for (const Group& group : m_groups)
        begin -= group.end;
    std::vector<std::uint32_t> places(m_groups.size());
    for (const std::uint32_t number : order) {
        Group& group = m_groups[number];
        group.begin = std::exchange(begin, begin + group.end);
        group.end += group.begin;
        places[number] = group.begin;
    }
    permute(m_groups, order);
    std::vector<std::uint32_t> gathered(shown.size());
    std::uint32_t loose = 0;
    for (const std::uint32_t row : shown)
        gathered[m_of[row] == kNoGroup ? loose++ : places[m_of[row]]++] = row;
    std::ranges::copy(gathered, shown.begin());
}

void Gatherer::makeLines() {
    const auto& shown = m_arrangement.shown;
    auto& lines = m_arrangement.lines;
    const auto append = [&](std::uint32_t begin, std::uint32_t end) {
        lines.insert(lines.end(), shown.begin() + begin, shown.begin() + end);
    };
    append(0, m_groups.front().begin);
    for (std::uint32_t number = 0; number < m_groups.size(); ++number) {
        Group& group = m_groups[number];
        lines.push_back(Arrangement::kGroupLine | number);
        group.expanded = m_query.grouping.isExpanded(group.key);
        if (group.expanded)
            append(group.begin, group.end);
    }
}

void Gatherer::finish(const std::vector<std::uint32_t>& ranks) {
    m_arrangement.lines.clear();
    if (m_groups.empty())
        return;
    findFirst();
    settle(order(ranks));
    makeLines();
}

} // namespace halfopen
