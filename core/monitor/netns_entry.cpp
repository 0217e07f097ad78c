// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/netns_entry.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace halfopen {

namespace {

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

} // namespace

Outcome<NamedNetns> netnsOfInode(const std::vector<NamedNetns>& all, NetnsId inode) {
    auto named = findNetns(all, fmt::format("inode:{}", inode));
    if (!named && ::geteuid() == 0)
        return refusal(PrivilegeErrorKind::NoSuchConnection, Sentence::tr("This network namespace is gone."));
    if (!named) // it may be there for those who may see it
        return refusal(PrivilegeErrorKind::NotAuthorized,
                       Sentence::tr("This network namespace is gone, or belongs to somebody else."));
    return std::move(*named);
}

Outcome<NetnsAccessPtr> enterNetns(const NamedNetns& named) {
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

Outcome<NetnsAccessPtr> enterOtherNetns(NetnsId inode) {
    return netnsOfInode(listNetns(), inode).and_then([](const NamedNetns& named) { return enterNetns(named); });
}

} // namespace halfopen
