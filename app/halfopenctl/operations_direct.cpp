// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/operations.h"
#include "core/actions/direct_guard_operations.h"
#include "core/actions/direct_operations.h"
#include "core/actions/direct_socket_operations.h"

namespace halfopen::ctl {

void withOperations(const std::function<void(Operations&, std::function<void()> done)>& ask) {
    DirectOperations operations;
    ask(operations, [] {});
}

void withSocketOperations(const std::function<void(SocketOperations&, std::function<void()> done)>& ask) {
    DirectSocketOperations operations;
    ask(operations, [] {});
}

void withGuardOperations(const std::function<void(GuardOperations&, std::function<void()> done)>& ask) {
    DirectGuardOperations operations;
    ask(operations, [] {});
}

} // namespace halfopen::ctl
