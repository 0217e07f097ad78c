// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/direct_guard_operations.h"

#include <fmt/format.h>
#include <unistd.h>

namespace halfopen {

namespace {

/// As a shell takes it: of what a name may have, only a backslash is more to it than itself.
std::string quoted(const std::string& unit) {
    return unit.find('\\') == std::string::npos ? unit : '\'' + unit + '\'';
}

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

std::string commandToGuard(const GuardRule& rule, bool persist) {
    std::string command =
        fmt::format("sudo halfopenctl guard {} --idle {}", rule.unit.empty() ? "--all" : quoted(rule.unit), rule.idle);
    if (rule.interval != 0)
        command += fmt::format(" --interval {}", rule.interval);
    if (rule.probes != 0)
        command += fmt::format(" --probes {}", rule.probes);
    if (rule.userTimeout != 0)
        command += fmt::format(" --user-timeout {}", rule.userTimeout);
    return persist ? command : command + " --until-reboot";
}

std::string commandToForgetGuard(const std::string& unit) {
    return fmt::format("sudo halfopenctl guard forget {}", unit.empty() ? "'*'" : quoted(unit));
}

} // namespace halfopen
