// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/grouping.h"

#include <algorithm>
#include <array>
#include <utility>

namespace halfopen {

namespace {

constexpr std::array<std::string_view, kGroupByCount> kWords{"none",       "program",   "process", "remote-host",
                                                             "remote-net", "service",   "unit",    "user",
                                                             "state",      "diagnosis", "netns"};

constexpr std::array<std::pair<std::string_view, GroupBy>, 5> kOthers{{{"remote", GroupBy::RemoteHost},
                                                                       {"host", GroupBy::RemoteHost},
                                                                       {"net", GroupBy::RemoteNet},
                                                                       {"port", GroupBy::Service},
                                                                       {"container", GroupBy::Unit}}};

} // namespace

std::string_view toString(GroupBy by) {
    return kWords[static_cast<std::size_t>(by)];
}

std::optional<GroupBy> groupByOf(std::string_view word) {
    if (const auto found = std::ranges::find(kWords, word); found != kWords.end())
        return static_cast<GroupBy>(found - kWords.begin());
    const auto other = std::ranges::find(kOthers, word, &std::pair<std::string_view, GroupBy>::first);
    return other == kOthers.end() ? std::nullopt : std::optional(other->second);
}

std::string_view groupByWords() {
    static const std::string words = [] {
        std::string all;
        for (const auto word : std::span(kWords).subspan(1))
            all += (all.empty() ? "" : ", ") + std::string(word);
        return all;
    }();
    return words;
}

bool Grouping::isExpanded(std::uint64_t key) const {
    return expanded != std::ranges::binary_search(turned, key);
}

void Grouping::setExpanded(std::uint64_t key, bool on) {
    const auto at = std::ranges::lower_bound(turned, key);
    const bool isTurned = at != turned.end() && *at == key;
    if (on != expanded && !isTurned)
        turned.insert(at, key);
    else if (on == expanded && isTurned)
        turned.erase(at);
}

void Grouping::setAllExpanded(bool on) {
    expanded = on;
    turned.clear();
}

} // namespace halfopen
