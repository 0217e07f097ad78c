// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/guard_operations.h"

#include <fmt/format.h>

namespace halfopen {

namespace {

/// As a shell takes it: of what a name may have, only a backslash is more to it than itself.
std::string quoted(const std::string& unit) {
    return unit.find('\\') == std::string::npos ? unit : '\'' + unit + '\'';
}

} // namespace

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
