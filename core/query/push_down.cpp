// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/push_down.h"

#include "core/query/filter_tests.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace halfopen {

using namespace filter;

namespace {

using AnyOf = std::vector<SocketCondition>; ///< of which one has to hold
constexpr std::uint32_t kListen = 1U << static_cast<unsigned>(State::Listen);
// More than anybody types; each takes its time with every socket.
constexpr std::size_t kMostConditions = 16;

/// No state that the filter lets through is missing.
std::uint32_t statesOf(const FilterTree& tree, std::uint32_t index) {
    const Node& node = tree.nodes[index];
    if (node.kind == Node::Kind::And)
        return statesOf(tree, node.left) & statesOf(tree, node.right);
    if (node.kind == Node::Kind::Or)
        return statesOf(tree, node.left) | statesOf(tree, node.right);
    const Node& leaf = node.kind == Node::Kind::Not ? tree.nodes[node.left] : node;
    const auto* mask = leaf.kind == Node::Kind::Leaf ? std::get_if<MaskTest>(&tree.tests[leaf.left]) : nullptr;
    if (!mask || mask->key != MaskKey::State)
        return SocketFilter::kEveryState;
    return SocketFilter::kEveryState & (node.kind == Node::Kind::Not ? ~mask->mask : mask->mask);
}

/// The condition for those sides that are meant.
void add(AnyOf& conditions, Side side, SocketCondition one) {
    for (const bool local : {true, false}) {
        if (side == (local ? Side::Remote : Side::Local))
            continue;
        one.local = local;
        conditions.push_back(one);
    }
}

bool convert(const PortTest& port, AnyOf& conditions) {
    add(conditions, port.side, {.lowPort = port.low, .highPort = port.high, .address = {}});
    return port.low > 0 || port.high < 0xffff;
}

bool convert(const HostTest& host, AnyOf& conditions) {
    SocketCondition one{.address = {}};
    if (host.port)
        one.lowPort = one.highPort = *host.port;
    if (host.prefixes.empty())
        add(conditions, host.side, one);
    for (const Prefix& prefix : host.prefixes) {
        one.address = prefix.address;
        one.bits = prefix.bits;
        SocketCondition both = one;
        if (prefix.port)
            both.lowPort = both.highPort = *prefix.port;
        if (prefix.bits == 0 && !host.port && !prefix.port)
            return false;
        add(conditions, host.side, both);
    }
    return host.port || !host.prefixes.empty();
}

/// @return false: the kernel cannot tell
bool convert(const FilterTree& tree, std::uint32_t index, AnyOf& conditions) {
    const Node& node = tree.nodes[index];
    if (node.kind == Node::Kind::Or)
        return convert(tree, node.left, conditions) && convert(tree, node.right, conditions);
    if (node.kind != Node::Kind::Leaf || conditions.size() > kMostConditions)
        return false;
    const Test& test = tree.tests[node.left];
    if (const auto* port = std::get_if<PortTest>(&test))
        return convert(*port, conditions);
    const auto* host = std::get_if<HostTest>(&test);
    return host && convert(*host, conditions);
}

void collect(const FilterTree& tree, std::uint32_t index, SocketFilter& filter) {
    const Node& node = tree.nodes[index];
    if (node.kind == Node::Kind::And) {
        collect(tree, node.left, filter);
        collect(tree, node.right, filter);
        return;
    }
    AnyOf conditions;
    if (!convert(tree, index, conditions) || conditions.empty() || conditions.size() > kMostConditions)
        return;
    // Listeners have no remote port; they come along.
    conditions.push_back({.local = false, .lowPort = 0, .highPort = 0, .address = {}});
    filter.conditions.push_back(std::move(conditions));
}

} // namespace

SocketFilter pushDownOf(const Filter& filter) {
    SocketFilter pushed;
    const FilterTree* tree = filter.tree();
    if (!tree)
        return pushed;
    pushed.states = statesOf(*tree, tree->root) | kListen;
    collect(*tree, tree->root, pushed);
    return pushed;
}

bool isOfTheDump(const Filter& filter) {
    const auto isAsked = [](const Test& test) {
        if (const auto* mask = std::get_if<MaskTest>(&test))
            return mask->key == MaskKey::State || mask->key == MaskKey::Family || mask->key == MaskKey::SocketFamily;
        return std::holds_alternative<PortTest>(test) || std::holds_alternative<HostTest>(test) ||
               std::holds_alternative<DeviceTest>(test) || std::holds_alternative<CookieTest>(test) ||
               std::holds_alternative<KernelTest>(test) || std::holds_alternative<EveryTest>(test) ||
               std::holds_alternative<NoneTest>(test);
    };
    return filter.tree() && std::ranges::all_of(filter.tree()->tests, isAsked);
}

} // namespace halfopen
