// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/error.h"

#include <string>

namespace halfopen {

/// What the helper keeps of the environment; everything else is forgotten.
struct Surroundings {
    std::string notifySocket; ///< NOTIFY_SOCKET of systemd; empty under dbus-daemon
};

/// Gives up, for this process and for good, everything that the helper does not need: the environment, supplementary
/// groups, core dumps and ptrace by others, new privileges by exec, and every capability but NET_ADMIN, SYS_PTRACE and
/// DAC_READ_SEARCH. Call it first of all and in the only thread: capabilities and no_new_privs belong to a thread, and
/// QtDBus starts one of its own.
/// @return  what could not be given up, and then the helper must not start
Result<Surroundings> confine();

} // namespace halfopen
