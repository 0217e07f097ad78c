// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/guard_rule.h"

#include "core/model/keepalive_limits.h"

#include <algorithm>
#include <array>

namespace halfopen {

namespace {

bool isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(":-_.\\@+").find(c) != std::string_view::npos;
}

Result<void> checkRange(std::string_view option, std::int32_t value, std::int32_t lowest, std::int32_t highest) {
    if (value >= lowest && value <= highest)
        return {};
    return failure(ErrorCode::Usage, Sentence::tr("{0} = {1} is outside {2}..{3}.", option, value, lowest, highest));
}

} // namespace

bool isGuardName(std::string_view name) {
    return !name.empty() && name.size() <= kMostGuardName && name != "." && name.find("..") == std::string_view::npos &&
           std::all_of(name.begin(), name.end(), isNameCharacter);
}

bool isUnitName(std::string_view name) {
    static constexpr std::array<std::string_view, 4> kSuffixes{".service", ".scope", ".slice", ".socket"};
    return isGuardName(name) && std::any_of(kSuffixes.begin(), kSuffixes.end(), [&](std::string_view suffix) {
               return name.size() > suffix.size() && name.ends_with(suffix);
           });
}

Result<void> checkRule(const GuardRule& rule) {
    if (!rule.unit.empty() && !isGuardName(rule.unit))
        return failure(ErrorCode::Usage,
                       Sentence::tr("\"{0}\" is no name of a unit or a control group: it has at most {1} letters, "
                                    "digits, backslashes and : - _ . @ +, and no two dots in a row.",
                                    rule.unit, kMostGuardName));
    // What is 0 is left; the idle time is what a rule is made for.
    if (auto checked = checkRange("idle", rule.idle, 1, kMaxKeepaliveIdle); !checked)
        return checked;
    if (auto checked = checkRange("interval", rule.interval, 0, kMaxKeepaliveInterval); !checked)
        return checked;
    if (auto checked = checkRange("probes", rule.probes, 0, kMaxKeepaliveProbes); !checked)
        return checked;
    return checkRange("user timeout", rule.userTimeout, 0, INT32_MAX);
}

} // namespace halfopen
