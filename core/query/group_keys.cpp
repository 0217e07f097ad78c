// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/group_keys.h"

#include "core/query/filter.h"
#include "core/query/zoned_address.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <string_view>

namespace halfopen {

namespace {

constexpr std::size_t kIpv4Net = 12 + 3; ///< bytes of a v4-mapped /24
constexpr std::size_t kIpv6Net = 8;      ///< of a /64

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
    std::uint64_t x = (a ^ b * 0x9e3779b97f4a7c15U) * 0xbf58476d1ce4e5b9U; // splitmix64's steps
    x = (x ^ x >> 27) * 0x94d049bb133111ebU;
    return x ^ x >> 31;
}

IpAddress netOf(IpAddress address) {
    const std::size_t kept = address.family() == Family::Ipv4 ? kIpv4Net : kIpv6Net;
    std::fill(address.bytes.begin() + kept, address.bytes.end(), std::uint8_t{0});
    return address;
}

std::string netName(const Frame& frame, const Row& row) {
    const IpAddress& address = row.connection.remote.address;
    const bool four = address.family() == Family::Ipv4;
    return netOf(address).toString() + (four ? "/24" : "/64") +
           (address.isLinkLocal() && row.connection.interface != 0 ? '%' + frame.zoneOf(row) : std::string());
}

const Owner* ownerOf(const Frame& frame, const Row& row) {
    const auto& owners = frame.ownersOf(row);
    return owners.empty() ? nullptr : &owners.front();
}

const ProcessUnit* unitOf(const Frame& frame, const Row& row) {
    const ProcessUnit* unit = frame.unitOf(row);
    return unit && !unit->empty() ? unit : nullptr;
}

std::string userName(const Frame& frame, const Row& row) {
    const auto name = frame.userOf(row);
    return name.empty() ? std::to_string(row.connection.uid) : std::string(name);
}

std::string netnsName(const Frame& frame, const Row& row) {
    const NetnsContext& netns = frame.netnsOf(row);
    return netns.name.empty() ? std::to_string(netns.netns) : netns.name;
}

/// "example.org 192.0.2.1"
std::string hostName(const Frame& frame, const Row& row) {
    const auto name = frame.remoteNameOf(row);
    const std::string address = zonedAddress(frame, row, row.connection.remote.address);
    return name.empty() ? address : std::string(name) + ' ' + address;
}

bool hasPeer(const Row& row) {
    return row.connection.remote.port != 0;
}

} // namespace

std::uint16_t servicePortOf(const Row& row, const Frame& frame, const ServiceNames& services) {
    const std::uint16_t local = row.connection.local.port;
    const std::uint16_t remote = row.connection.remote.port;
    if (remote == 0 || frame.listens(row.connection.netnsIndex, local))
        return local;
    const auto isKnown = [&](std::uint16_t port) { return port < 1024 || !services.nameOf(port).empty(); };
    return isKnown(local) && !isKnown(remote) ? local : remote;
}

std::string serviceName(std::uint16_t port, const ServiceNames& services) {
    const auto name = services.nameOf(port);
    return name.empty() ? std::to_string(port) : std::string(name);
}

/// What makes rows alike: numbers, or a text.
struct GroupKeys::Identity {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    bool known = true;

    static Identity none() { return {.known = false}; }
    static Identity of(std::string_view text) {
        return {.high = text.size(), .low = std::hash<std::string_view>()(text)};
    }
    static Identity of(const ProcessUnit& unit) {
        const std::hash<std::string_view> hash;
        return {.high = hash(unit.unit), .low = mixed(hash(unit.runtime), hash(unit.container))};
    }
    static Identity of(const IpAddress& address) {
        Identity identity;
        std::memcpy(&identity.high, address.bytes.data(), sizeof identity.high);
        std::memcpy(&identity.low, address.bytes.data() + sizeof identity.high, sizeof identity.low);
        return identity;
    }
    /// Many links may have the same address, and each its own host behind it.
    static Identity ofPeer(const Connection& connection, const IpAddress& address) {
        Identity identity = of(address);
        if (connection.remote.address.isLinkLocal())
            identity.high = mixed(identity.high, mixed(connection.netnsIndex, connection.interface));
        return identity;
    }
};

GroupKeys::GroupKeys(const Frame& frame, const Grouping& grouping, const ServiceNames& services)
    : m_frame(frame)
    , m_services(services)
    , m_by(grouping.by)
    , m_folds(grouping.foldTimeWait && grouping.by != GroupBy::State) {}

GroupKeys::Identity GroupKeys::identityOf(const Row& row) const {
    const Connection& connection = row.connection;
    switch (m_by) {
    case GroupBy::None:
        break;
    case GroupBy::Program: {
        const Owner* owner = ownerOf(m_frame, row);
        return owner ? Identity::of(owner->name) : Identity::none();
    }
    case GroupBy::Process: {
        const Owner* owner = ownerOf(m_frame, row);
        return owner ? Identity{.low = static_cast<std::uint64_t>(owner->pid)} : Identity::none();
    }
    case GroupBy::RemoteHost:
        return hasPeer(row) ? Identity::ofPeer(connection, connection.remote.address) : Identity::none();
    case GroupBy::RemoteNet:
        return hasPeer(row) ? Identity::ofPeer(connection, netOf(connection.remote.address)) : Identity::none();
    case GroupBy::Service:
        return {.low = servicePortOf(row, m_frame, m_services)};
    case GroupBy::Unit: {
        const ProcessUnit* unit = unitOf(m_frame, row);
        return unit ? Identity::of(*unit) : Identity::none();
    }
    case GroupBy::User:
        return connection.isMini() ? Identity::none() : Identity{.low = connection.uid};
    case GroupBy::State:
        return {.low = static_cast<std::uint64_t>(connection.state)};
    case GroupBy::Diagnosis:
        return {.low = static_cast<std::uint64_t>(row.diagnosis)};
    case GroupBy::Netns:
        return {.high = m_frame.netnsOf(row).host->host, .low = m_frame.netnsOf(row).number};
    }
    return Identity::none();
}

GroupKeys::Key GroupKeys::of(const Row& row) const {
    const auto key = [this](std::uint64_t kind, std::uint64_t high, std::uint64_t low) {
        const std::uint64_t hash = mixed(mixed(static_cast<std::uint64_t>(m_by) << 8 | kind, high), low);
        return hash == 0 ? 1 : hash;
    };
    if (m_folds && row.connection.state == State::TimeWait)
        return {key(2, 0, 0), Group::Kind::TimeWait};
    if (m_by == GroupBy::None)
        return {};
    const Identity identity = identityOf(row);
    if (!identity.known)
        return {key(1, 0, 0), Group::Kind::Missing};
    const auto port = m_by == GroupBy::Service ? static_cast<std::uint16_t>(identity.low) : std::uint16_t{0};
    return {key(0, identity.high, identity.low), Group::Kind::Value, port};
}

std::string nameOf(const Frame& frame, const Group& group) {
    if (group.kind != Group::Kind::Value)
        return {};
    const Row& row = frame.rows[group.worst];
    const Owner* owner = ownerOf(frame, row);
    const ProcessUnit* unit = unitOf(frame, row);
    switch (group.by) {
    case GroupBy::None:
        break;
    case GroupBy::Program:
        return owner ? owner->name : std::string();
    case GroupBy::Process:
        return owner ? owner->name + ' ' + std::to_string(owner->pid) : std::string();
    case GroupBy::RemoteHost:
        return hostName(frame, row);
    case GroupBy::RemoteNet:
        return netName(frame, row);
    case GroupBy::Service:
        return serviceName(group.port, namesOf(frame.query).services);
    case GroupBy::Unit:
        return unit ? describe(*unit) : std::string();
    case GroupBy::User:
        return userName(frame, row);
    case GroupBy::State:
        return std::string(toString(row.connection.state));
    case GroupBy::Diagnosis:
        return std::string(toString(row.diagnosis));
    case GroupBy::Netns:
        return netnsName(frame, row);
    }
    return {};
}

} // namespace halfopen
