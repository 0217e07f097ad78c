// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/direct_operations.h"

#include "core/kernel/netns/netns_id.h"
#include "core/kernel/sysctl/drop_in.h"
#include "core/kernel/sysctl/sysctl_writer.h"
#include "core/model/boot_configuration.h"
#include "core/model/keepalive_defaults.h"

#include <fmt/format.h>

#include <sys/stat.h>

#include <utility>

namespace halfopen {
namespace {

Outcome<void> checkNamespace(std::uint64_t netns) {
    const NetnsId own = ownNetns();
    if (own != 0 && netns == own)
        return {};
    return refusal(
        PrivilegeErrorKind::WrongNamespace,
        Sentence::tr("The change is meant for network namespace {0}, but it would be made in {1}.", netns, own));
}

} // namespace

DirectOperations::DirectOperations(std::string root)
    : m_root(std::move(root)) {}

RequestToken DirectOperations::setKeepaliveDefaults(const KeepaliveChange& change, Done<KeepaliveDefaults> done) {
    done(apply(change));
    return 0;
}

RequestToken DirectOperations::forgetKeepaliveDefaults(std::uint64_t netns, Done<void> done) {
    done(forget(netns).map([](bool) {}));
    return 0;
}

Outcome<KeepaliveDefaults> DirectOperations::apply(const KeepaliveChange& change) const {
    if (auto checked = check(change); !checked)
        return tl::unexpected(checked.error());
    auto applied = applyKeepaliveDefaults(change.values, change.persist, m_root).map_error(toPrivilegeError);
    if (!applied && ::geteuid() != 0)
        applied.error().command = commandFor(change);
    else if (!applied && applied.error().kind == PrivilegeErrorKind::NotAuthorized)
        applied.error().kind =
            PrivilegeErrorKind::WriteFailed; // root has the right: the file system or a sandbox refused
    return applied;
}

Outcome<bool> DirectOperations::forget(std::uint64_t netns) const {
    if (auto checked = checkForget(netns); !checked)
        return tl::unexpected(checked.error());
    auto removed = removeDropIn(m_root).map_error(toPrivilegeError);
    if (!removed && ::geteuid() != 0)
        removed.error().command = commandToForget();
    else if (!removed && removed.error().kind == PrivilegeErrorKind::NotAuthorized)
        removed.error().kind = PrivilegeErrorKind::WriteFailed;
    return removed;
}

Outcome<void> DirectOperations::check(const KeepaliveChange& change) const {
    if (auto checked = checkRange(change.values); !checked)
        return tl::unexpected(toPrivilegeError(checked.error()));
    if (auto checked = checkNamespace(change.netns); !checked || !change.persist)
        return checked;
    return checkThatBootIsMeant();
}

Outcome<void> DirectOperations::checkForget(std::uint64_t netns) const {
    if (auto checked = checkNamespace(netns); !checked)
        return checked;
    return checkThatBootIsMeant();
}

Outcome<void> DirectOperations::checkThatBootIsMeant() const {
    struct stat init {};
    // Whoever may not look at process 1 is not root, and is refused by the file system with the command for sudo.
    if (::stat((m_root + "/proc/1/ns/net").c_str(), &init) != 0 && ::geteuid() != 0)
        return {};
    if (init.st_ino == ownNetns())
        return {};
    return refusal(
        PrivilegeErrorKind::WrongNamespace,
        Sentence::tr("{0} counts for the network namespace in which the machine boots, and this is another one; "
                     "nothing can be kept here.",
                     kDropInDirectory));
}

Outcome<KeepaliveDefaults> DirectOperations::inEffect() const {
    return readKeepaliveDefaults(m_root).map_error(toPrivilegeError);
}

std::string commandFor(const KeepaliveChange& change) {
    std::string command = fmt::format("sudo sysctl -w net.ipv4.tcp_keepalive_time={} net.ipv4.tcp_keepalive_intvl={} "
                                      "net.ipv4.tcp_keepalive_probes={}",
                                      change.values.time, change.values.interval, change.values.probes);
    if (change.persist)
        command += fmt::format(" | sudo tee {}", kDropInPath);
    return command;
}

std::string commandToForget() {
    return fmt::format("sudo rm {}", kDropInPath);
}

} // namespace halfopen
