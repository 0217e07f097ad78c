// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/guard_operations.h"
#include "core/actions/operations.h"
#include "core/actions/socket_operations.h"
#include "core/kernel/bpf/exact_programs.h"

#include <memory>

namespace halfopen::ctl {

/// What can be done here, and how: root does it in this process (sudo, a container, the laboratory: neither a bus nor
/// polkit is needed); anybody else asks the helper on the system bus, which may open a dialog. Every verb has answered
/// when it returns. In a build without libsystemd there is only the first way, and the refusal names the command for
/// sudo.
std::unique_ptr<Operations> chooseOperations();

/// The same for the verbs on living sockets; done in this process where its own rights are enough, whoever it is.
std::unique_ptr<SocketOperations> chooseSocketOperations();

/// The same for the rules of the guard; as chooseOperations().
std::unique_ptr<GuardOperations> chooseGuardOperations();

/// The programs that read every socket, for whoever may not load them: from the helper, which may open a dialog.
Outcome<ExactProgramsPtr> openExactSource();

} // namespace halfopen::ctl
