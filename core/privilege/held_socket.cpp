// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/privilege/held_socket.h"

#include <fmt/format.h>
#include <unistd.h>

#include <utility>

namespace halfopen {
namespace {

using Kind = PrivilegeErrorKind;

Outcome<HeldSocket> heldBy(const SocketTargets& targets, const Connection& connection, std::uint32_t inode,
                           std::uint64_t cookie) {
    if (const auto& owners = targets.holders(inode); !owners.empty())
        return HeldSocket{owners, cookie};
    if (targets.whyNoHolder(connection) == OwnerUnknown::NoDescriptor)
        return refusal(Kind::NotSupported, "No process shows a descriptor of this socket: it is the kernel's own, of a "
                                           "container that is not to be seen from here, or on its way between two "
                                           "processes.");
    if (connection.uid == ::geteuid()) // made by a process of our own user, and held by none that shows its descriptors
        return refusal(Kind::NotAuthorized, "No process that may be looked into holds this socket: it is one that is "
                                            "protected from its own user (not dumpable), or another user's; only root "
                                            "may look into them.");
    return tl::unexpected(refusedBy(ReadRefusal::OtherUser));
}

} // namespace

Outcome<HeldSocket> holdersForChange(const SocketTargets& targets, const Connection& connection) {
    if (connection.inode == 0)
        return tl::unexpected(withoutDescriptor(connection));
    return heldBy(targets, connection, connection.inode, connection.cookie);
}

Outcome<HeldSocket> holdersForReading(const SocketTargets& targets, const Connection& connection) {
    if (!connection.isNotAccepted())
        return holdersForChange(targets, connection);
    const auto* listener = targets.listenerOf(connection);
    if (listener == nullptr)
        return refusal(Kind::NotSupported, "The connection waits in a listener's queue, and which listener's is not to "
                                           "be told: several share the port.");
    Connection itsListener = connection;
    itsListener.inode = listener->inode;
    return heldBy(targets, itsListener, listener->inode, listener->cookie);
}

PrivilegeError refusedBy(ReadRefusal refusal) {
    return toPrivilegeError(errorOf(refusal));
}

PrivilegeError noSuchConnection(std::uint64_t cookie) {
    return {Kind::NoSuchConnection,
            fmt::format("There is no TCP socket with the cookie {:#x} here (any more).", cookie),
            {}};
}

PrivilegeError isListener(const Connection& connection) {
    return {Kind::OutOfRange,
            fmt::format("{} is a listener; Halfopen closes connections only.", connection.local.toString()),
            {}};
}

PrivilegeError withoutDescriptor(const Connection& connection) {
    if (connection.isNotAccepted())
        return {Kind::NotSupported,
                "The connection waits in its listener's queue: its program has not accepted it, so there is no "
                "descriptor yet through which it could be changed.",
                {}};
    return {Kind::NotSupported,
            fmt::format("No program holds this socket any more (it is in {}): there is no descriptor through which it "
                        "could be read or changed.",
                        toString(connection.state)),
            {}};
}

} // namespace halfopen
