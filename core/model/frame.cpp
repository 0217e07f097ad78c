// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/frame.h"

#include "core/model/cookie_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

namespace halfopen {

namespace {

constexpr std::string_view kGone = " (gone)";

/// All that have its inode: mostly those of one connection.
std::span<const MptcpPart> partsWith(std::span<const MptcpPart> parts, std::uint16_t netnsIndex, std::uint32_t inode) {
    const auto keyOf = [](const MptcpPart& one) { return std::pair(one.netnsIndex, one.inode); };
    const std::pair key(netnsIndex, inode);
    return {std::ranges::lower_bound(parts, key, {}, keyOf), std::ranges::upper_bound(parts, key, {}, keyOf)};
}

} // namespace

std::string goneInterface(std::string_view lastName, std::uint32_t index) {
    if (isGoneInterface(lastName))
        return std::string(lastName);
    return (lastName.empty() ? fmt::format("if{}", index) : std::string(lastName)) + std::string(kGone);
}

bool isGoneInterface(std::string_view name) {
    return name.ends_with(kGone);
}

const Row* Frame::find(std::uint64_t cookie, std::uint16_t netnsIndex) const {
    const auto index = findCookie(rows, cookieIndex, cookie, netnsIndex);
    return index ? &rows[*index] : nullptr;
}

/// Two may have the same inode: one that is gone, of which closed rows are left, and the one that was given it next.
const Row* Frame::find(const SocketKey& key) const {
    for (std::size_t index = 0; index < namespaces.size(); ++index) {
        const NetnsContext& netns = *namespaces[index];
        if (netns.netns != key.netns || netns.host->host != key.host)
            continue;
        if (const Row* row = find(key.cookie, static_cast<std::uint16_t>(index)))
            return row;
    }
    return nullptr;
}

BrokenPromisePtr Frame::brokenPromiseOf(const SocketKey& socket) const {
    const auto found = std::ranges::find(brokenPromises, socket, [](const auto& one) { return one->socket; });
    return found == brokenPromises.end() ? nullptr : *found;
}

std::optional<MonotonicTime> Frame::unreadSince(const Row& row) const {
    const auto keyOf = [](const auto& one) { return std::pair(one.netnsIndex, one.cookie); };
    const auto found = std::ranges::lower_bound(unread, keyOf(row.connection), {}, keyOf);
    if (found == unread.end() || keyOf(*found) != keyOf(row.connection))
        return std::nullopt;
    return found->since;
}

std::optional<Millis> Frame::unreadFor(const Row& row) const {
    const auto since = unreadSince(row);
    return since ? std::optional(saturate(row.connection.sampled - *since)) : std::nullopt;
}

const MptcpPart* Frame::mptcpOf(const Row& row) const {
    const Connection& its = row.connection;
    if (its.upperLayer != UpperLayer::Mptcp && its.upperLayer != UpperLayer::MptcpWithoutSubflow)
        return nullptr;
    const auto parts = partsWith(mptcp, its.netnsIndex, its.inode);
    const auto found = std::ranges::find(parts, its.cookie, &MptcpPart::cookie);
    return found == parts.end() ? nullptr : &*found;
}

std::vector<const Row*> Frame::subflowsOf(const MptcpPart& part) const {
    std::vector<const Row*> subflows;
    for (const MptcpPart& one : partsWith(mptcp, part.netnsIndex, part.inode))
        if (const Row* row = one.isOfOneWith(part) ? find(one.cookie, one.netnsIndex) : nullptr;
            row && row->change != Change::Closed && row->connection.upperLayer == UpperLayer::Mptcp)
            subflows.push_back(row);
    return subflows;
}

bool Frame::listens(std::uint16_t netnsIndex, std::uint16_t port) const {
    return std::ranges::binary_search(listening, ListeningPort{netnsIndex, port});
}

Rate Frame::rateOf(const Row& row) const {
    const auto index = static_cast<std::uint32_t>(&row - rows.data());
    const auto found = std::ranges::lower_bound(rates, index, {}, &Rate::row);
    return found == rates.end() || found->row != index ? Rate{.row = index} : *found;
}

std::string_view Frame::remoteNameOf(const Row& row) const {
    if (!hostNames)
        return {};
    const auto found = hostNames->find(row.connection.remote.address);
    return found == hostNames->end() ? std::string_view() : std::string_view(found->second);
}

Millis Frame::ageOf(const Row& row) const {
    return saturate(row.connection.sampled -
                    (origin + std::chrono::milliseconds(row.firstSeenTenths * std::int64_t{100})));
}

MonotonicTime Frame::presentOf(const Row& row, MonotonicTime here) const {
    return live ? netnsOf(row).host->fromHere(here) : row.connection.sampled;
}

MonotonicTime Frame::present(MonotonicTime here) const {
    return live ? inView().host->fromHere(here) : taken;
}

const NetnsContext& Frame::outermostOf(const Row& row) const {
    const auto host = netnsOf(row).host->host;
    return **std::ranges::find(namespaces, host, [](const NetnsContextPtr& one) { return one->host->host; });
}

std::string_view Frame::userOf(const Row& row) const {
    if (row.connection.isMini())
        return {};
    const auto& users = netnsOf(row).host->users;
    const auto it = users.find(row.connection.uid);
    return it == users.end() ? std::string_view() : std::string_view(it->second);
}

std::string_view Frame::interfaceOf(const Row& row) const {
    const auto& interfaces = netnsOf(row).interfaces;
    const auto it = interfaces.find(row.connection.interface);
    return it == interfaces.end() ? std::string_view() : std::string_view(it->second);
}

std::string Frame::zoneOf(const Row& row) const {
    if (row.connection.interface == 0)
        return {};
    const auto name = interfaceOf(row);
    return name.empty() || isGoneInterface(name) ? std::to_string(row.connection.interface) : std::string(name);
}

std::string Frame::localOf(const Row& row) const {
    const Endpoint& local = row.connection.local;
    return local.address.isLinkLocal() ? local.toString(zoneOf(row)) : local.toString();
}

std::string Frame::remoteOf(const Row& row) const {
    const Endpoint& remote = row.connection.remote;
    return remote.address.isLinkLocal() ? remote.toString(zoneOf(row)) : remote.toString();
}

const ProcessUnit* Frame::unitOf(const Row& row) const {
    const auto& its = ownersOf(row);
    if (!its.empty() && its.front().unit)
        return its.front().unit.get();
    if (units)
        if (const auto made = units->find(row.connection.cgroup); made != units->end())
            return made->second.get();
    const NetnsInside& inside = netnsOf(row).inside;
    return inside.kind == NetnsKind::Container || inside.kind == NetnsKind::Unit ? &inside.unit : nullptr;
}

const std::vector<Owner>& Frame::ownersOf(const Row& row) const {
    static const std::vector<Owner> none;
    if (row.connection.inode == 0)
        return none;
    const auto it = owners->find(row.connection.inode);
    return it == owners->end() ? none : it->second;
}

} // namespace halfopen
