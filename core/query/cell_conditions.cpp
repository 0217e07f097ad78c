// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/cell_conditions.h"

#include "core/query/filter.h"
#include "core/query/filter_text.h"
#include "core/query/group_keys.h"
#include "core/query/zoned_address.h"

#include <fmt/format.h>

#include <algorithm>

namespace halfopen {

namespace {

using Texts = std::vector<std::string>;

/// Names are chosen by others: in quotation marks each means itself. One that has both kinds of them cannot be written.
std::string quoted(std::string_view name) {
    const char mark = name.find('"') == std::string_view::npos ? '"' : '\'';
    return name.find(mark) == std::string_view::npos ? mark + std::string(name) + mark : std::string();
}

void addName(Texts& all, std::string_view key, std::string_view name) {
    if (const std::string value = quoted(name); !name.empty() && !value.empty())
        all.push_back(fmt::format("{}={}", key, value));
}

std::string addressOf(const Frame& frame, const Row& row, const IpAddress& address) {
    const std::string text = typedAddress(frame, row, address);
    return address.family() == Family::Ipv4 ? text : "[" + text + "]";
}

/// @param host  "src" or "dst"
Texts sideConditions(const Frame& frame, const Row& row, const Endpoint& side, std::string_view host,
                     std::string_view port) {
    Texts all;
    const std::string address = addressOf(frame, row, side.address);
    if (side.port != 0 && !side.address.isUnspecified())
        all.push_back(fmt::format("{} {}:{}", host, address, side.port));
    if (!side.address.isUnspecified())
        all.push_back(fmt::format("{} {}", host, address));
    if (side.port != 0)
        all.push_back(fmt::format("{} = :{}", port, side.port));
    return all;
}

Texts processConditions(const Frame& frame, const Row& row) {
    Texts all;
    const auto& owners = frame.ownersOf(row);
    if (owners.empty())
        return {"process:none"};
    all.push_back(fmt::format("pid={}", owners.front().pid));
    addName(all, "process", owners.front().name);
    if (owners.front().unit)
        addName(all, "unit", owners.front().unit->unit);
    return all;
}

Texts keepaliveConditions(const Row& row) {
    const KeepaliveOptions& o = row.options;
    if (row.connection.isMini())
        return {};
    if (o.enabled != Switch::On)
        return {o.enabled == Switch::Off ? "keepalive:off" : "keepalive:unknown"};
    return {fmt::format("keepidle={}", o.idleSeconds), "keepalive:on"};
}

/// Of the columns about what is spoken with whom, and how much.
Texts movedConditions(const Frame& frame, const Row& row, SortKey column) {
    if ((column == SortKey::RateSent || column == SortKey::RateReceived) &&
        !(frame.isWatched() && row.connection.countsBytes()))
        return {};
    const Rate rate = frame.rateOf(row);
    switch (column) {
    case SortKey::Service:
        return {fmt::format("port:{}", servicePortOf(row, frame, namesOf(frame.query).services))};
    case SortKey::RemoteName: {
        Texts all;
        addName(all, "hostname", frame.remoteNameOf(row));
        return all;
    }
    case SortKey::RateSent:
        return {rate.sent >= 1 ? "rate-sent>0" : "rate-sent=0"};
    case SortKey::RateReceived:
        return {rate.received >= 1 ? "rate-received>0" : "rate-received=0"};
    default:
        return {};
    }
}

} // namespace

std::vector<std::string> conditionsOf(const Frame& frame, const Row& row, SortKey column) {
    const Connection& c = row.connection;
    switch (column) {
    case SortKey::Diagnosis:
        return {fmt::format("diagnosis:{}", toString(row.diagnosis))};
    case SortKey::State:
        return {fmt::format("state:{}", filter::lowerCase(toString(c.state)))};
    case SortKey::Local:
        return sideConditions(frame, row, c.local, "src", "sport");
    case SortKey::Remote:
        return sideConditions(frame, row, c.remote, "dst", "dport");
    case SortKey::Process:
        return processConditions(frame, row);
    case SortKey::Keepalive:
        return keepaliveConditions(row);
    case SortKey::Timer:
        return {fmt::format("timer:{}", toString(c.timer.kind()))};
    case SortKey::NextProbe:
        return {fmt::format("next-probe:{}", toString(row.forecast.nextEvent))};
    case SortKey::GivesUp:
        return {row.forecast.never ? "gives-up:never" : fmt::format("gives-up:{}", toString(row.forecast.cause))};
    case SortKey::Unanswered:
        return {row.forecast.unanswered > 0 ? "unanswered>0" : "unanswered=0"};
    case SortKey::ReceiveQueue:
        return {c.receiveQueue > 0 ? "recvq>0" : "recvq=0"};
    case SortKey::SendQueue:
        return {c.sendQueue > 0 ? "sendq>0" : "sendq=0"};
    case SortKey::User: {
        Texts all;
        addName(all, "user", frame.userOf(row));
        if (all.empty() && !c.isMini())
            all.push_back(fmt::format("uid={}", c.uid));
        return all;
    }
    case SortKey::Interface:
        return c.interface == 0 ? Texts{} : Texts{fmt::format("dev {}", c.interface)};
    default:
        return movedConditions(frame, row, column);
    }
}

namespace {

std::optional<std::string> named(std::string_view key, std::string_view name) {
    Texts one;
    addName(one, key, name);
    return one.empty() ? std::nullopt : std::optional(one.front());
}

std::optional<std::string> unitCondition(const ProcessUnit& unit) {
    const auto ofUnit = named("unit", unit.unit);
    const auto ofContainer = named("container", unit.container);
    if (ofUnit && ofContainer)
        return fmt::format("( {} and {} )", *ofUnit, *ofContainer);
    return ofUnit ? ofUnit : ofContainer;
}

std::optional<std::string> netnsCondition(const NetnsContext& netns) {
    if (const auto byName = named("netns", netns.name))
        return byName;
    return netns.netns == 0 ? std::nullopt : std::optional(fmt::format("netns={}", netns.netns));
}

/// The filter knows no zone of a prefix.
std::string netCondition(const Frame& frame, const Group& group) {
    const Row& row = frame.rows[group.worst];
    const std::string name = nameOf(frame, group);
    const std::string prefix = name.substr(0, name.find('%'));
    return prefix.size() == name.size() ? "dst " + prefix
                                        : fmt::format("( dst {} and dev {} )", prefix, row.connection.interface);
}

/// Of those that have no owner that is known.
bool isOfOwner(GroupBy by) {
    return by == GroupBy::Program || by == GroupBy::Process;
}

} // namespace

std::optional<std::string> conditionOf(const Frame& frame, const Group& group) {
    if (group.kind == Group::Kind::TimeWait)
        return "state:time-wait";
    if (group.kind == Group::Kind::Missing)
        return isOfOwner(group.by) ? std::optional<std::string>("process:none") : std::nullopt;
    const Row& row = frame.rows[group.worst];
    const IpAddress& remote = row.connection.remote.address;
    switch (group.by) {
    case GroupBy::Program:
        return named("process", frame.ownersOf(row).front().name);
    case GroupBy::Process:
        return fmt::format("pid={}", frame.ownersOf(row).front().pid);
    case GroupBy::RemoteHost:
        return fmt::format("dst {}", addressOf(frame, row, remote));
    case GroupBy::RemoteNet:
        return netCondition(frame, group);
    case GroupBy::Service:
        return fmt::format("port:{}", group.port);
    case GroupBy::Unit:
        return unitCondition(*frame.unitOf(row));
    case GroupBy::User:
        return conditionsOf(frame, row, SortKey::User).front();
    case GroupBy::State:
        return conditionsOf(frame, row, SortKey::State).front();
    case GroupBy::Diagnosis:
        return conditionsOf(frame, row, SortKey::Diagnosis).front();
    case GroupBy::Netns:
        return netnsCondition(frame.netnsOf(row));
    case GroupBy::None:
        break;
    }
    return std::nullopt;
}

} // namespace halfopen
