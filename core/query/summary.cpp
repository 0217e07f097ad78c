// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/summary.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace halfopen {

namespace {

class ProgramCounter {
public:
    void add(const Frame& frame, const Row& row) {
        const auto& owners = frame.ownersOf(row);
        const auto name = owners.empty() ? std::string_view() : std::string_view(owners.front().name);
        if (!m_last || m_last->first != name)
            m_last = &*m_counts.try_emplace(name, 0).first;
        ++m_last->second;
    }

    ProgramCounts take() const {
        std::vector<ProgramCounts::One> all;
        all.reserve(m_counts.size());
        for (const auto& [name, count] : m_counts)
            all.push_back({std::string(name), count});
        const std::size_t most = std::min(ProgramCounts::kMost, all.size());
        const auto isMore = [](const auto& a, const auto& b) {
            return a.count != b.count ? a.count > b.count : a.name < b.name;
        };
        std::ranges::partial_sort(all, all.begin() + static_cast<std::ptrdiff_t>(most), isMore);
        const auto others = static_cast<std::uint32_t>(all.size() - most);
        all.resize(most);
        return {std::move(all), others};
    }

private:
    std::unordered_map<std::string_view, std::uint32_t> m_counts;
    std::pair<const std::string_view, std::uint32_t>* m_last = nullptr; ///< the next one often is the same
};

/// The soonest ends of those that are given up.
class NextEnds {
public:
    void add(const Row& row) {
        if (row.forecast.cause == GiveUpCause::None || endsOrderly(row.forecast.cause))
            return;
        const MonotonicTime end = row.connection.sampled + row.forecast.shownEnd().latest;
        if (m_ends.size() == ShownSummary::kMostEnds && end >= m_ends.back().first)
            return;
        m_ends.insert(std::ranges::upper_bound(m_ends, end, {}, &End::first), {end, &row});
        if (m_ends.size() > ShownSummary::kMostEnds)
            m_ends.pop_back();
    }
    std::vector<const Row*> take() const {
        std::vector<const Row*> rows;
        std::ranges::transform(m_ends, std::back_inserter(rows), &End::second);
        return rows;
    }

private:
    using End = std::pair<MonotonicTime, const Row*>;
    std::vector<End> m_ends; ///< rising
};

template <class Key>
class AlikeCounter {
public:
    void add(const Key& key, const Row& row) {
        if (!m_last || m_last->first != key)
            m_last = &*m_all.try_emplace(key, &row, 0).first;
        ++m_last->second.second;
    }
    std::vector<ChosenSummary::Alike> take() const {
        std::vector<ChosenSummary::Alike> all;
        for (const auto& [key, one] : m_all)
            all.push_back(one);
        std::ranges::stable_sort(all, std::ranges::greater(), &ChosenSummary::Alike::second);
        return all;
    }

private:
    std::map<Key, ChosenSummary::Alike> m_all;
    std::pair<const Key, ChosenSummary::Alike>* m_last = nullptr;
};

/// In the order of memory: one by one in that of a table most of many rows would have to be fetched.
std::vector<const Row*> inMemory(const Frame& frame, std::span<const Row* const> rows) {
    std::vector<bool> marks(frame.rows.size());
    for (const Row* row : rows)
        marks[static_cast<std::size_t>(row - frame.rows.data())] = true;
    std::vector<const Row*> ordered;
    ordered.reserve(rows.size());
    for (std::size_t index = 0; index < marks.size(); ++index)
        if (marks[index])
            ordered.push_back(&frame.rows[index]);
    return ordered;
}

auto tripleOf(const KeepaliveOptions& o) {
    return std::tuple(o.idleSeconds, o.idleFrom, o.intervalSeconds, o.intervalFrom, o.probes, o.probesFrom);
}

} // namespace

ShownSummary summarise(const Frame& frame, std::span<const std::uint32_t> shown) {
    ShownSummary summary;
    ProgramCounter unguarded, abandoned;
    NextEnds ends;
    for (const std::uint32_t index : shown) {
        const Row& row = frame.rows[index];
        if (row.change == Change::Closed)
            continue;
        ++summary.counts[static_cast<std::size_t>(row.diagnosis)];
        summary.needPermission += frame.canBeReadExactly(row);
        if (row.diagnosis == Diagnosis::Unguarded)
            unguarded.add(frame, row);
        else if (row.diagnosis == Diagnosis::Abandoned)
            abandoned.add(frame, row);
        else if (row.diagnosis == Diagnosis::Suspect)
            ends.add(row);
    }
    summary.unguarded = unguarded.take();
    summary.abandoned = abandoned.take();
    for (const Row* row : ends.take())
        summary.ends.push_back(static_cast<std::uint32_t>(row - frame.rows.data()));
    return summary;
}

ChosenSummary summariseChosen(const Frame& frame, std::span<const Row* const> rows) {
    ChosenSummary summary;
    ProgramCounter programs;
    NextEnds ends;
    AlikeCounter<std::pair<Switch, bool>> switches; ///< and whether it is a guess
    AlikeCounter<decltype(tripleOf(KeepaliveOptions()))> options;
    for (const Row* row : inMemory(frame, rows)) {
        ++summary.counts[static_cast<std::size_t>(row->diagnosis)];
        summary.never += row->forecast.never;
        programs.add(frame, *row);
        ends.add(*row);
        if (row->connection.isMini())
            continue;
        switches.add({row->options.enabled, row->options.enabledFrom > Provenance::Derived}, *row);
        options.add(tripleOf(row->options), *row);
    }
    summary.programs = programs.take();
    summary.ends = ends.take();
    summary.switches = switches.take();
    summary.options = options.take();
    return summary;
}

} // namespace halfopen
