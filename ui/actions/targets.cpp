// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/targets.h"

#include "core/actions/socket_operations.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace halfopen {

namespace {

/// No subflow is left that an option could reach.
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

std::vector<SocketKey> Targets::keys() const {
    std::vector<SocketKey> result;
    result.reserve(rows.size());
    for (const Row* row : rows)
        result.push_back(frame->keyOf(*row));
    return result;
}

Targets targetsIn(const FramePtr& frame, const std::vector<SocketKey>& keys) {
    return frame && frame->isHere() ? chosenIn(frame, keys) : Targets{frame, {}};
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

HostNetns netnsOf(const SocketKey& key) {
    return {key.host, key.netns};
}

std::vector<SocketKey> takeBatch(std::vector<SocketKey>& left) {
    const auto most = left.begin() + static_cast<std::ptrdiff_t>(std::min(left.size(), kSocketBatch));
    const auto end = std::find_if(
        left.begin(), most, [netns = netnsOf(left.front())](const SocketKey& key) { return netnsOf(key) != netns; });
    std::vector<SocketKey> batch(left.begin(), end);
    left.erase(left.begin(), end);
    return batch;
}

void sortByNetns(std::vector<SocketKey>& keys) {
    std::ranges::stable_sort(keys, {}, netnsOf);
}

std::vector<std::uint64_t> cookiesOf(const std::vector<SocketKey>& keys) {
    std::vector<std::uint64_t> cookies;
    cookies.reserve(keys.size());
    std::ranges::transform(keys, std::back_inserter(cookies), &SocketKey::cookie);
    return cookies;
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

bool anySubflow(const Targets& targets) {
    return std::ranges::any_of(targets.rows,
                               [](const Row* row) { return row->connection.upperLayer == UpperLayer::Mptcp; });
}

Targets closable(const Targets& targets) {
    return only(targets, canBeClosed);
}

} // namespace halfopen
