// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/privilege_error.h"

#include <QString>

#include <string>

namespace halfopen {

/// Is the helper there? Found out without starting it.
enum class HelperPresence {
    Ready,        ///< it runs, or the bus can start it, and polkit is there
    NoBus,        ///< no system bus (a container, most often)
    NotInstalled, ///< the bus does not know it (a build tree, most often)
    NoPolkit,     ///< polkit is not installed: the helper would refuse everything
};

/// What the client knows about itself when it explains an error.
struct ClientSituation {
    std::string command;        ///< does the same with sudo; empty where there is none
    qint64 pid = 0;             ///< for "pkttyagent --process"
    bool allowedDialog = true;  ///< the call had allowed a dialog
    bool remoteSession = false; ///< SSH_CONNECTION is set
};

/// One sentence, and where it helps a command, for every error that a call to the helper can end with: those of the
/// contract, and those of the bus and of its activation.
/// @param name     the error's name on the bus
/// @param said     the error's own text, used where the sentence is the helper's
PrivilegeError explain(const QString& name, const Sentence& said, const ClientSituation& situation);

/// The same for what a probe found; with Ready there is nothing to explain, and the kind is meaningless.
PrivilegeError explain(HelperPresence presence, const ClientSituation& situation);

} // namespace halfopen
