// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/targets.h"

#include <algorithm>

namespace halfopen {

namespace {

/// Neither closed nor changed through a row of its own.
bool isMptcp(const Row& row) {
    return row.connection.upperLayer == UpperLayer::MptcpWithoutSubflow;
}

/// Seen from outside, with no cookie to name it by.
bool isOthers(const Row& row) {
    return isStandIn(row.connection.cookie);
}

bool hasOptions(const Row& row) {
    return row.change != Change::Closed && !isOthers(row) && !row.connection.isMini() && !isMptcp(row);
}

bool canBeClosed(const Row& row) {
    return row.change != Change::Closed && !isOthers(row) && row.connection.state != State::Listen &&
           row.connection.state != State::Bound && !isMptcp(row);
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

std::vector<SocketKey> Targets::keys() const {
    std::vector<SocketKey> result;
    result.reserve(rows.size());
    for (const Row* row : rows)
        result.push_back(frame->keyOf(*row));
    return result;
}

NetnsId Targets::netns() const {
    return rows.empty() ? 0 : frame->netnsOf(*rows.front()).netns;
}

Targets targetsIn(const FramePtr& frame, const std::vector<SocketKey>& keys) {
    return frame && frame->live ? chosenIn(frame, keys) : Targets{frame, {}};
}

Targets chosenIn(const FramePtr& frame, const std::vector<SocketKey>& keys) {
    Targets result{frame, {}};
    if (!frame)
        return result;
    for (const SocketKey& key : keys) {
        if (const Row* row = frame->find(key))
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
