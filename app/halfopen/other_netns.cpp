// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/other_netns.h"

#include "core/kernel/sysctl/sysctl_writer.h"
#include "core/monitor/netns_entry.h"

#include <fmt/format.h>

#include <utility>

namespace halfopen {

namespace {

/// What a person with sudo can type instead.
std::string commandIn(const NamedNetns& netns, const std::vector<NamedNetns>& all, const KeepaliveDefaults& values) {
    return fmt::format("sudo halfopenctl sysctl set --netns {} --time {} --interval {} --probes {}",
                       wordFor(netns, all), values.time, values.interval, values.probes);
}

} // namespace

Outcome<KeepaliveDefaults> applyInOtherNetns(const KeepaliveChange& change) {
    if (change.persist)
        return refusal(PrivilegeErrorKind::WrongNamespace,
                       Sentence::tr("Nothing can be kept for a network namespace that is made anew each time."));
    const auto all = listNetns();
    const auto named = netnsOfInode(all, change.netns);
    if (!named)
        return tl::unexpected(named.error());
    const auto access = enterNetns(*named);
    if (!access) {
        PrivilegeError error = access.error();
        error.command = commandIn(*named, all, change.values);
        return tl::unexpected(std::move(error));
    }
    return applyKeepaliveDefaultsIn((*access)->settingFiles(SettingUse::Change), change.values)
        .map_error(toPrivilegeError);
}

} // namespace halfopen
