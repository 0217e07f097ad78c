// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/operations.h"
#include "core/actions/direct_guard_operations.h"
#include "core/actions/direct_operations.h"
#include "core/actions/direct_socket_operations.h"

namespace halfopen::ctl {

std::unique_ptr<Operations> chooseOperations() {
    return std::make_unique<DirectOperations>();
}

std::unique_ptr<SocketOperations> chooseSocketOperations() {
    return std::make_unique<DirectSocketOperations>();
}

std::unique_ptr<GuardOperations> chooseGuardOperations() {
    return std::make_unique<DirectGuardOperations>();
}

Outcome<ExactProgramsPtr> openExactSource() {
    return ExactPrograms::load().map_error(toPrivilegeError);
}

} // namespace halfopen::ctl
