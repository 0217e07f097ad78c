// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter.h"

#include "core/query/filter_parser.h"
#include "core/query/filter_run.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace halfopen {

const FilterNames& usualNames() {
    static const FilterNames names;
    return names;
}

Filter::Filter(std::string_view text, const FilterNames& names) {
    auto tree = filter::parse(text, names);
    if (!tree) {
        m_error = std::make_shared<const FilterError>(std::move(tree.error()));
        return;
    }
    if (tree->readFromTheLeft)
        m_ambiguity = std::make_shared<const FilterError>(
            FilterError{.from = tree->readFromTheLeft->from, .to = tree->readFromTheLeft->to});
    if (!tree->nodes.empty())
        m_tree = std::make_shared<const filter::FilterTree>(std::move(*tree));
}

const std::vector<KernelQuestion>& Filter::questions() const {
    static const std::vector<KernelQuestion> none;
    return m_tree ? m_tree->questions : none;
}

bool Filter::matches(const Row& row, const Frame& frame) const {
    return FilterRun(*this, frame).matches(row);
}

bool namesNetns(const Filter& filter) {
    if (!filter.tree())
        return false;
    return std::ranges::any_of(filter.tree()->tests, [](const filter::Test& test) {
        const auto* text = std::get_if<filter::TextTest>(&test);
        return text && (text->key == filter::TextKey::Netns || text->key == filter::TextKey::Container);
    });
}

std::optional<std::uint16_t> netnsInView(const Frame& frame, const Query& query, const Filter& filter) {
    if (query.netns == kEveryNetns || namesNetns(filter))
        return std::nullopt;
    const auto at =
        std::ranges::find_if(frame.namespaces, [&](const NetnsContextPtr& one) { return one->number == query.netns; });
    return at == frame.namespaces.end() ? std::uint16_t{0} : static_cast<std::uint16_t>(at - frame.namespaces.begin());
}

const FilterNames& namesOf(const Query& query) {
    return query.names ? *query.names : usualNames();
}

Filter filterOf(const Query& query) {
    return Filter(query.filter, namesOf(query));
}

bool matches(QuickFilter quick, const Row& row) {
    switch (quick) {
    case QuickFilter::All:
        return true;
    case QuickFilter::Established:
        return row.connection.state == State::Established;
    case QuickFilter::Guarded:
        return row.diagnosis == Diagnosis::Guarded;
    case QuickFilter::Unguarded:
        return row.diagnosis == Diagnosis::Unguarded;
    case QuickFilter::Suspect:
        return row.diagnosis == Diagnosis::Suspect;
    case QuickFilter::Abandoned:
        return row.diagnosis == Diagnosis::Abandoned;
    case QuickFilter::Listening:
        return row.diagnosis == Diagnosis::Listening;
    }
    return true;
}

} // namespace halfopen
