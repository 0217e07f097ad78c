// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/other_netns.h"

#include "core/kernel/sysctl/sysctl_writer.h"
#include "core/monitor/netns_lookup.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace halfopen {

namespace {

/// What a person with sudo can type instead.
std::string commandIn(const NamedNetns& netns, const std::vector<NamedNetns>& all, const KeepaliveDefaults& values) {
    return fmt::format("sudo halfopenctl sysctl set --netns {} --time {} --interval {} --probes {}",
                       wordFor(netns, all), values.time, values.interval, values.probes);
}

PrivilegeErrorKind kindOf(ErrorCode code) {
    switch (code) {
    case ErrorCode::NotPermitted:
        return PrivilegeErrorKind::NotAuthorized;
    case ErrorCode::NotFound:
        return PrivilegeErrorKind::NoSuchConnection;
    default:
        return PrivilegeErrorKind::NotSupported;
    }
}

Outcome<NetnsAccessPtr> enter(const NamedNetns& named) {
    const FoundNetns& found = named.netns;
    const auto refused = [](const Error& error) { return refusal(kindOf(error.code), error.sentence); };
    UniqueFd file = openNetnsFile(found);
    if (!file)
        return refused(netnsRefused(named.label.name, errno));
    auto access = enterNetns(std::move(file), named.label.name, found.processes.empty() ? 0 : found.processes.front());
    if (!access)
        return refused(access.error());
    return std::move(*access);
}

Outcome<NamedNetns> find(const std::vector<NamedNetns>& all, std::uint64_t netns) {
    auto named = findNetns(all, fmt::format("inode:{}", netns));
    if (!named && ::geteuid() == 0)
        return refusal(PrivilegeErrorKind::NoSuchConnection, Sentence::tr("This network namespace is gone."));
    if (!named) // it may be there for those who may see it
        return refusal(PrivilegeErrorKind::NotAuthorized,
                       Sentence::tr("This network namespace is gone, or belongs to somebody else."));
    return std::move(*named);
}

} // namespace

Outcome<NetnsAccessPtr> enterOtherNetns(std::uint64_t netns) {
    return find(listNetns(), netns).and_then(enter);
}

Outcome<KeepaliveDefaults> applyInOtherNetns(const KeepaliveChange& change) {
    if (change.persist)
        return refusal(PrivilegeErrorKind::WrongNamespace,
                       Sentence::tr("Nothing can be kept for a network namespace that is made anew each time."));
    const auto all = listNetns();
    const auto named = find(all, change.netns);
    if (!named)
        return tl::unexpected(named.error());
    const auto access = enter(*named);
    if (!access) {
        PrivilegeError error = access.error();
        error.command = commandIn(*named, all, change.values);
        return tl::unexpected(std::move(error));
    }
    return applyKeepaliveDefaultsIn((*access)->settingFiles(SettingUse::Change), change.values)
        .map_error(toPrivilegeError);
}

} // namespace halfopen
