// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/operations.h"
#include "app/sdbus/sd_bus_operations.h"
#include "core/actions/direct_first.h"
#include "core/actions/direct_guard_operations.h"
#include "core/actions/direct_operations.h"
#include "core/actions/direct_socket_operations.h"

#include <unistd.h>

#include <utility>

namespace halfopen::ctl {

std::unique_ptr<Operations> chooseOperations() {
    if (::geteuid() == 0)
        return std::make_unique<DirectOperations>();
    return std::make_unique<SdBusOperations>();
}

std::unique_ptr<SocketOperations> chooseSocketOperations() {
    auto direct = std::make_unique<DirectSocketOperations>();
    if (::geteuid() == 0)
        return direct;
    return std::make_unique<DirectFirst>(std::move(direct), std::make_shared<SdBusOperations>());
}

std::unique_ptr<GuardOperations> chooseGuardOperations() {
    if (::geteuid() == 0)
        return std::make_unique<DirectGuardOperations>();
    return std::make_unique<SdBusOperations>();
}

Outcome<ExactProgramsPtr> openExactSource() {
    return SdBusOperations().openExactSource();
}

} // namespace halfopen::ctl
