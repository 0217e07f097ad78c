// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/guard_operations.h"
#include "core/actions/operations.h"
#include "core/actions/socket_operations.h"

#include <functional>

namespace halfopen::ctl {

/// Runs one verb to its answer. Root does it in this process; anybody else asks the helper on the system bus, which may
/// open a dialog. In a build without Qt there is only the first way, and the refusal names the command for sudo.
/// @param ask  calls one verb and hands `done` through; `done` must be called once
void withOperations(const std::function<void(Operations&, std::function<void()> done)>& ask);

/// The same for the verbs on living sockets; done in this process where its own rights are enough, whoever it is.
/// @param ask  calls as many verbs as it likes; `done` must be called once, when the last is answered
void withSocketOperations(const std::function<void(SocketOperations&, std::function<void()> done)>& ask);

/// The same for the rules of the guard; as withOperations().
void withGuardOperations(const std::function<void(GuardOperations&, std::function<void()> done)>& ask);

} // namespace halfopen::ctl
