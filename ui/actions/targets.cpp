// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/targets.h"

#include <algorithm>

namespace halfopen {

namespace {

bool hasOptions(const Row& row) {
    return row.change != Change::Closed && !row.connection.isMini();
}

bool canBeClosed(const Row& row) {
    return row.change != Change::Closed && row.connection.state != State::Listen &&
           row.connection.state != State::Bound;
}

template <class Test>
Targets only(const Targets& targets, Test test) {
    Targets result{targets.frame, {}};
    for (const Row* row : targets.rows) {
        if (test(*row))
            result.rows.push_back(row);
    }
    return result;
}

} // namespace

std::vector<std::uint64_t> Targets::cookies() const {
    std::vector<std::uint64_t> result;
    result.reserve(rows.size());
    for (const Row* row : rows)
        result.push_back(row->connection.cookie);
    return result;
}

std::uint64_t Targets::netns() const {
    return rows.empty() ? 0 : frame->netnsOf(*rows.front());
}

Targets targetsIn(const FramePtr& frame, const std::vector<std::uint64_t>& cookies) {
    Targets result{frame, {}};
    if (!frame || !frame->live)
        return result;
    for (const auto cookie : cookies) {
        if (const Row* row = frame->find(cookie))
            result.rows.push_back(row);
    }
    return result;
}

bool anyChangeable(const Targets& targets) {
    return std::ranges::any_of(targets.rows, [](const Row* row) { return hasOptions(*row); });
}

bool anyClosable(const Targets& targets) {
    return std::ranges::any_of(targets.rows, [](const Row* row) { return canBeClosed(*row); });
}

Targets changeable(const Targets& targets) {
    return only(targets, hasOptions);
}

Targets closable(const Targets& targets) {
    return only(targets, canBeClosed);
}

} // namespace halfopen
