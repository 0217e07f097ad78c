// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/error.h"

#include <initializer_list>
#include <string>

namespace halfopen {

/// What the helper keeps of the environment; everything else is forgotten.
struct Surroundings {
    std::string notifySocket; ///< NOTIFY_SOCKET of systemd; empty under dbus-daemon
};

/// Gives up, for this process and for good, what no process of the helper needs: the environment, supplementary groups,
/// core dumps and ptrace by others, new privileges by exec. Call it first of all and in the only thread: no_new_privs
/// and capabilities belong to a thread.
/// @return  what could not be given up, and then the helper must not start
Result<Surroundings> confine();

/// Gives up every capability but these, likewise.
Result<void> keepCapabilities(std::initializer_list<int> kept);

} // namespace halfopen
