// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/direct_guard_operations.h"

#include <unistd.h>

namespace halfopen {

namespace {

/// Root has the right: then it is the file system, another program or a sandbox that has refused.
PrivilegeError refusedTo(const Error& error, std::string command) {
    PrivilegeError refused = toPrivilegeError(error);
    if (refused.kind != PrivilegeErrorKind::NotAuthorized)
        return refused;
    if (::geteuid() == 0)
        refused.kind = PrivilegeErrorKind::WriteFailed;
    else
        refused.command = std::move(command);
    return refused;
}

} // namespace

RequestToken DirectGuardOperations::setGuard(const GuardRule& rule, bool persist, Done<void> done) {
    done(set(rule, persist));
    return 0;
}

RequestToken DirectGuardOperations::forgetGuard(const std::string& unit, Done<void> done) {
    done(forget(unit).map([](bool) {}));
    return 0;
}

RequestToken DirectGuardOperations::listGuards(Done<GuardList> done) {
    done(m_rules.list().map_error(toPrivilegeError));
    return 0;
}

Outcome<void> DirectGuardOperations::set(const GuardRule& rule, bool persist) {
    return m_rules.set(rule, persist).map_error([&](const Error& error) {
        return refusedTo(error, commandToGuard(rule, persist));
    });
}

Outcome<bool> DirectGuardOperations::forget(const std::string& unit) {
    return m_rules.forget(unit).map_error(
        [&](const Error& error) { return refusedTo(error, commandToForgetGuard(unit)); });
}

Outcome<std::vector<GuardState>> DirectGuardOperations::inKernel() const {
    return m_rules.inKernel().map_error([](const Error& error) { return refusedTo(error, {}); });
}

Result<void> checkGuardedUnit(const std::string& unit, const UnitCgroups& groups) {
    if (unit.empty() || isUnitName(unit) || !groups.ids.empty())
        return {};
    return failure(ErrorCode::Usage, Sentence::tr("\"{0}\" is neither the name of a unit (with .service, .scope, "
                                                  ".slice or .socket) nor a control group that is there.",
                                                  unit));
}

} // namespace halfopen
