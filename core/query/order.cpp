// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/order.h"

#include "core/query/filter_hints.h"
#include "core/query/filter_run.h"
#include "core/query/group_keys.h"
#include "core/query/groups.h"
#include "core/query/overview.h"
#include "core/query/summary.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <numeric>
#include <utility>

namespace halfopen {

namespace {

constexpr std::uint64_t kNoValue = std::numeric_limits<std::uint64_t>::max();

// A point in time rather than a remaining time: it stays the same from frame to frame, and so does the order.
std::uint64_t deadline(const Row& row, Millis after) {
    return static_cast<std::uint64_t>((row.connection.sampled.time_since_epoch() + after) /
                                      std::chrono::milliseconds(1));
}

/// The end alone is no probe; see the column "Next probe".
bool hasNext(const Forecast& forecast) {
    return forecast.nextEvent != NextEvent::None && forecast.nextEvent != NextEvent::GiveUp;
}

std::uint64_t keepaliveKey(const Row& row) {
    const KeepaliveOptions& options = row.options;
    if (row.connection.isMini())
        return kNoValue;
    if (options.enabled != Switch::On)
        return kNoValue - 1 - static_cast<std::uint64_t>(options.enabled == Switch::Unknown);
    return static_cast<std::uint64_t>(std::max(options.idleSeconds, 0));
}

std::uint64_t timerKey(const Row& row) {
    return row.connection.timer.kind() == TimerKind::None ? kNoValue : deadline(row, row.connection.timer.expires);
}

std::uint64_t infoKey(const Row& row, std::uint64_t value) {
    return row.connection.info.present() ? value : kNoValue;
}

std::uint64_t idleKey(const Connection& connection) {
    const auto age = connection.idleAge();
    return age ? age->count() : kNoValue;
}

/// The youngest first.
std::uint64_t ageKey(const Row& row) {
    constexpr std::uint32_t kLongest = (1U << 27) - 1;
    return kLongest - row.firstSeenTenths;
}

/// Of the columns about what was moved.
std::uint64_t movedKey(SortKey key, const Row& row, const Frame& frame) {
    const TcpInfo& info = row.connection.info;
    if (!row.connection.countsBytes())
        return kNoValue;
    switch (key) {
    case SortKey::BytesSent:
        return info.bytesAcked;
    case SortKey::BytesReceived:
        return info.bytesReceived;
    case SortKey::RateSent:
        return static_cast<std::uint64_t>(frame.rateOf(row).sent);
    default:
        return static_cast<std::uint64_t>(frame.rateOf(row).received);
    }
}

/// The value of a numeric column; kNoValue sorts last.
std::uint64_t numericKey(const Query& query, const Row& row, const Frame& frame) {
    const SortKey key = query.sort;
    const TcpInfo& info = row.connection.info;
    switch (key) {
    case SortKey::Diagnosis: // what needs attention comes first
        return worryOf(row.diagnosis);
    case SortKey::State:
        return static_cast<std::uint64_t>(row.connection.state);
    case SortKey::Keepalive:
        return keepaliveKey(row);
    case SortKey::UserTimeout:
        return row.connection.isMini() || row.options.userTimeout.count() == 0 ? kNoValue
                                                                               : row.options.userTimeout.count();
    case SortKey::Timer:
        return timerKey(row);
    case SortKey::NextProbe:
        return hasNext(row.forecast) ? deadline(row, row.forecast.next.expected) : kNoValue;
    case SortKey::GivesUp:
        return row.forecast.cause == GiveUpCause::None ? kNoValue - (row.forecast.never ? 1 : 0)
                                                       : deadline(row, row.forecast.givesUp.expected);
    case SortKey::Unanswered:
        return countsTries(row.forecast.regime) ? row.forecast.unanswered : kNoValue;
    case SortKey::Idle:
        return idleKey(row.connection);
    case SortKey::ReceiveQueue:
        return row.connection.receiveQueue;
    case SortKey::SendQueue:
        return row.connection.sendQueue;
    case SortKey::Rtt:
        return info.rttUs == 0 || row.connection.state == State::SynSent ? kNoValue : infoKey(row, info.rttUs);
    case SortKey::Retransmits:
        return infoKey(row, info.totalRetransmits);
    case SortKey::Service:
        return servicePortOf(row, frame, namesOf(query).services);
    case SortKey::Age:
        return ageKey(row);
    case SortKey::BytesSent:
    case SortKey::BytesReceived:
    case SortKey::RateSent:
    case SortKey::RateReceived:
        return movedKey(key, row, frame);
    default:
        return 0;
    }
}

bool isText(SortKey key) {
    return key == SortKey::Process || key == SortKey::User || key == SortKey::Interface || key == SortKey::RemoteName ||
           key == SortKey::Netns || key == SortKey::Unit;
}
bool isEndpoint(SortKey key) {
    return key == SortKey::Local || key == SortKey::Remote;
}

std::string_view textOf(SortKey key, const Row& row, const Frame& frame) {
    if (key == SortKey::User)
        return frame.userOf(row);
    if (key == SortKey::Interface)
        return frame.interfaceOf(row);
    if (key == SortKey::RemoteName)
        return frame.remoteNameOf(row);
    if (key == SortKey::Netns)
        return frame.netnsOf(row).name;
    if (key == SortKey::Unit) {
        const ProcessUnit* unit = frame.unitOf(row);
        return !unit ? std::string_view() : unit->container.empty() ? unit->unit : unit->container;
    }
    const auto& owners = frame.ownersOf(row);
    return owners.empty() ? std::string_view() : std::string_view(owners.front().name);
}

struct Keyed {
    std::uint64_t key;
    std::uint64_t cookie;
    std::uint32_t row;
};

void sortNumeric(std::vector<Keyed>& keyed, bool descending) {
    std::ranges::sort(keyed, [descending](const Keyed& a, const Keyed& b) {
        if (a.key != b.key)
            return a.key == kNoValue || b.key == kNoValue ? b.key == kNoValue : (a.key < b.key) != descending;
        return a.cookie < b.cookie;
    });
}

/// Texts are looked up once each: there are more comparisons than rows.
void sortTexts(const Frame& frame, SortKey key, std::vector<Keyed>& keyed, bool descending) {
    std::vector<std::pair<std::string_view, Keyed>> named;
    named.reserve(keyed.size());
    for (const Keyed& one : keyed)
        named.emplace_back(textOf(key, frame.rows[one.row], frame), one);
    std::ranges::sort(named, [descending](const auto& a, const auto& b) {
        if (a.first == b.first)
            return a.second.cookie < b.second.cookie;
        if (a.first.empty() || b.first.empty())
            return b.first.empty();
        return (a.first < b.first) != descending;
    });
    std::ranges::transform(named, keyed.begin(), [](const auto& one) { return one.second; });
}

void sortEndpoints(const Frame& frame, std::vector<Keyed>& keyed, bool descending, Endpoint Connection::*side) {
    std::ranges::sort(keyed, [&](const Keyed& a, const Keyed& b) {
        const Endpoint& left = frame.rows[a.row].connection.*side;
        const Endpoint& right = frame.rows[b.row].connection.*side;
        return left == right ? a.cookie < b.cookie : (left < right) != descending;
    });
}

void sortKeyed(const Frame& frame, const Query& query, std::vector<Keyed>& keyed) {
    const SortKey key = query.sort;
    if (key == SortKey::Kernel)
        return;
    if (isText(key))
        sortTexts(frame, key, keyed, query.descending);
    else if (isEndpoint(key))
        sortEndpoints(frame, keyed, query.descending, key == SortKey::Local ? &Connection::local : &Connection::remote);
    else
        sortNumeric(keyed, query.descending);
}

/// For each its place in the order, which those share that are equal in the column.
std::vector<std::uint32_t> ranksOf(const Frame& frame, const Query& query, const std::vector<Keyed>& keyed) {
    const SortKey key = query.sort;
    const auto isEqual = [&](const Keyed& a, const Keyed& b) {
        const Row& left = frame.rows[a.row];
        const Row& right = frame.rows[b.row];
        if (isText(key))
            return textOf(key, left, frame) == textOf(key, right, frame);
        if (key == SortKey::Local)
            return left.connection.local == right.connection.local;
        return key == SortKey::Remote ? left.connection.remote == right.connection.remote : a.key == b.key;
    };
    std::vector<std::uint32_t> ranks(keyed.size());
    for (std::size_t at = 1; at < keyed.size(); ++at)
        ranks[at] = ranks[at - 1] + static_cast<std::uint32_t>(!isEqual(keyed[at - 1], keyed[at]));
    return ranks;
}

bool isAsked(const Query& query, const Row& row) {
    return matches(query.quick, row) &&
           (query.diagnoses == 0 || (query.diagnoses & 1U << static_cast<unsigned>(row.diagnosis)) != 0);
}

/// The rows to show, not in order yet. @param each  called with those, one after the other as they lie in memory
template <class Each>
std::vector<Keyed> select(const Frame& frame, const Query& query, const Filter& filter, DiagnosisCounts& matching,
                          const Each& each) {
    FilterRun run(filter, frame);
    const bool all = query.quick == QuickFilter::All && query.diagnoses == 0;
    const auto view = netnsInView(frame, query, filter);
    std::vector<Keyed> keyed;
    keyed.reserve(frame.rows.size());
    for (std::uint32_t index = 0; index < frame.rows.size(); ++index) {
        const Row& row = frame.rows[index];
        if ((view && row.connection.netnsIndex != *view) || !run.matches(row))
            continue;
        matching[static_cast<std::size_t>(row.diagnosis)] += row.change != Change::Closed;
        if (!all && !isAsked(query, row))
            continue;
        keyed.push_back({numericKey(query, row, frame), row.connection.cookie, index});
        each(index, row);
    }
    sortKeyed(frame, query, keyed);
    return keyed;
}

void place(const std::vector<Keyed>& keyed, std::vector<std::uint32_t>& shown) {
    shown.resize(keyed.size());
    std::ranges::transform(keyed, shown.begin(), &Keyed::row);
}

bool isWhole(const Query& query, const Filter& filter) {
    return query.quick == QuickFilter::All && query.diagnoses == 0 && query.sort == SortKey::Kernel &&
           query.netns == kEveryNetns && filter.empty();
}

void arrange(const Frame& frame, const Query& query, const Filter& filter, Arrangement& arrangement,
             DiagnosisCounts& matching) {
    if (isGrouped(query)) {
        Gatherer gatherer(frame, query, arrangement);
        const auto keyed =
            select(frame, query, filter, matching, [&](auto index, const Row& row) { gatherer.add(index, row); });
        place(keyed, arrangement.shown);
        const bool ranked = query.grouping.by != GroupBy::None && query.grouping.sort == GroupSort::Column;
        return gatherer.finish(ranked ? ranksOf(frame, query, keyed) : std::vector<std::uint32_t>());
    }
    arrangement.groups.clear();
    arrangement.lines.clear();
    if (isWhole(query, filter)) {
        for (const Row& row : frame.rows)
            matching[static_cast<std::size_t>(row.diagnosis)] += row.change != Change::Closed;
        arrangement.shown.resize(frame.rows.size());
        std::iota(arrangement.shown.begin(), arrangement.shown.end(), 0U);
    } else {
        place(select(frame, query, filter, matching, [](auto, const Row&) {}), arrangement.shown);
    }
}

} // namespace

void arrange(Frame& frame) {
    frame.matching = {};
    const Filter filter = filterOf(frame.query);
    arrange(frame, frame.query, filter, frame, frame.matching);
    frame.summary = frame.query.summary ? std::make_shared<const ShownSummary>(summarise(frame, frame.shown)) : nullptr;
    frame.hints = frame.query.summary && frame.shown.empty() ? hintsFor(filter, frame, namesOf(frame.query))
                                                             : std::vector<FilterHint>();
    const auto& overview = frame.query.overview;
    frame.overview = overview ? std::make_shared<const Overview>(overviewOf(frame, *overview)) : nullptr;
}

Arrangement arrangementFor(const Frame& frame, const Query& query) {
    Arrangement arrangement;
    DiagnosisCounts matching{};
    arrange(frame, query, filterOf(query), arrangement, matching);
    return arrangement;
}

std::uint8_t worryOf(Diagnosis diagnosis) {
    static constexpr std::uint8_t kRank[kDiagnosisCount] = {8, 4, 2, 7, 0, 1, 5, 6, 3};
    return kRank[static_cast<std::size_t>(diagnosis)];
}

} // namespace halfopen
