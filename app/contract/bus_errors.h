// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/privilege_error.h"

#include <tl/expected.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace halfopen {

/// What the client knows about itself when it explains an error.
struct ClientSituation {
    std::string command;        ///< does the same with sudo; empty where there is none
    std::int64_t pid = 0;       ///< for "pkttyagent --process"
    bool allowedDialog = true;  ///< the call had allowed a dialog
    bool remoteSession = false; ///< SSH_CONNECTION is set
};

/// Of this process, with a call of these.
ClientSituation situationHere(std::string command, bool allowedDialog);

/// How a helper is not there that is just leaving and has done nothing: the bus starts another at the next call.
inline constexpr std::string_view kUnknownObject = "org.freedesktop.DBus.Error.UnknownObject";

/// One sentence, and where it helps a command, for every error that a call to the helper can end with: those of the
/// contract, and those of the bus and of its activation.
/// @param name     the error's name on the bus
/// @param said     the error's own text, used where the sentence is the helper's
PrivilegeError explain(std::string_view name, const Sentence& said, const ClientSituation& situation);

/// The same where there is no system bus (a container, most often).
PrivilegeError explainNoBus(const ClientSituation& situation);

/// Of a network namespace that the helper was not asked to open before.
/// @param netns  its inode
tl::unexpected<PrivilegeError> netnsNotOpened(std::uint64_t netns);

/// The same for an answer of another shape than the contract's.
tl::unexpected<PrivilegeError> otherVersion();

} // namespace halfopen
