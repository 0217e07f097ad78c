// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs on the rules of the guard of HelperService.
#include "app/helper/helper_service.h"
#include "core/actions/direct_guard_operations.h"
#include "core/actions/guard_file.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {
namespace {

constexpr char kGuard[] = "org.halfopen.helper.guard";

/// The rule that a caller means; a unit without a name is nobody's.
Outcome<GuardRule> ruleOf(const std::string& unit, GuardRule rule, std::uint32_t userTimeout) {
    const auto named = unitCalled(unit);
    if (!named)
        return refusal(PrivilegeErrorKind::OutOfRange, Sentence::tr("No unit is named."));
    constexpr std::string_view kOption = "user timeout"; // as checkRule() has it
    if (userTimeout > INT32_MAX)
        return refusal(PrivilegeErrorKind::OutOfRange,
                       Sentence::tr("{0} = {1} is outside {2}..{3}.", kOption, userTimeout, 0, INT32_MAX));
    rule.unit = *named;
    rule.userTimeout = static_cast<std::int32_t>(userTimeout);
    return checkRule(rule).map([&] { return rule; }).map_error(toPrivilegeError);
}

Outcome<std::string> unitOf(const std::string& name) {
    const auto unit = unitCalled(name);
    if (unit && (unit->empty() || isGuardName(*unit)))
        return *unit;
    return refusal(PrivilegeErrorKind::OutOfRange, Sentence::tr("No unit is named."));
}

/// Names and numbers alone, and of the name only what a unit's may have: so the policy's translations need no more than
/// one $(change).
std::string describeChange(const GuardRule& rule, bool persist) {
    std::string text = fmt::format("{}: TCP_KEEPIDLE {} s", guardedName(rule.unit), rule.idle);
    if (rule.interval != 0)
        text += fmt::format(", TCP_KEEPINTVL {} s", rule.interval);
    if (rule.probes != 0)
        text += fmt::format(", TCP_KEEPCNT {}", rule.probes);
    if (rule.userTimeout != 0)
        text += fmt::format(", TCP_USER_TIMEOUT {} ms", rule.userTimeout);
    return persist ? text + fmt::format(" (+ {})", guardPlace().path()) : text;
}

Details detailsOf(const GuardRule& rule, bool persist) {
    return {{"change", describeChange(rule, persist)}, {"unit", std::string(guardedName(rule.unit))},
            {"idle", std::to_string(rule.idle)},       {"interval", std::to_string(rule.interval)},
            {"probes", std::to_string(rule.probes)},   {"user_timeout", std::to_string(rule.userTimeout)},
            {"persist", persist ? "yes" : "no"}};
}

/// The control groups are looked through only for a name that may be of none.
Outcome<void> checkThere(const GuardRule& rule) {
    const bool known = rule.unit.empty() || isUnitName(rule.unit);
    const UnitCgroups groups = known ? UnitCgroups() : findUnitCgroups(machinesGuardPlaces().cgroup, rule.unit);
    return checkGuardedUnit(rule.unit, groups).map_error(toPrivilegeError);
}

} // namespace

void HelperService::setGuard(Call call, const std::string& unit, const GuardRule& values, std::uint32_t userTimeout,
                             bool persist) {
    const auto rule = ruleOf(unit, values, userTimeout);
    Verb verb{kGuard, [rule] { return rule.map([](const GuardRule&) {}); }, {}, {}};
    verb.check = [rule, persist] { return checkThere(*rule).map([&] { return detailsOf(*rule, persist); }); };
    verb.slowWork = [&loader = m_loader, rule, persist](const Caller& caller) {
        if (const auto done = loader.setGuard(*rule, persist); !done)
            return Deed{tl::unexpected(done.error())};
        return Deed{Answer{}, {lineForGuard(caller, *rule, persist)}};
    };
    submit(std::move(call), std::move(verb));
}

void HelperService::forgetGuard(Call call, const std::string& name) {
    const auto unit = unitOf(name);
    Verb verb{kGuard, [unit] { return unit.map([](const std::string&) {}); }, {}, {}};
    verb.check = [unit]() -> Outcome<Details> {
        const std::string its(guardedName(*unit));
        return Details{{"change", "- " + its}, {"unit", its}};
    };
    verb.slowWork = [&loader = m_loader, unit](const Caller& caller) {
        const auto was = loader.forgetGuard(*unit);
        if (!was)
            return Deed{tl::unexpected(was.error())};
        Deed deed{Answer{}};
        if (*was)
            deed.lines.push_back(lineForForgottenGuard(caller, *unit));
        return deed;
    };
    submit(std::move(call), std::move(verb));
}

void HelperService::listGuards(Call call) {
    Verb verb{
        {}, {}, {}, {}}; // the file of rules and the groups of all sockets are everybody's to read: nobody is asked
    verb.slowWork = [&loader = m_loader](const Caller&) {
        return Deed{loader.listGuards().map([](const std::vector<GuardState>& states) {
            std::vector<BusGuard> list;
            for (const GuardState& one : states)
                list.push_back(toBus(one));
            return Answer{list};
        })};
    };
    submit(std::move(call), std::move(verb));
}

} // namespace halfopen
