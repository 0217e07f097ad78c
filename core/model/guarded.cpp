// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/guarded.h"

#include <algorithm>
#include <cstdint>

namespace halfopen {

namespace {

constexpr int kLevels = 8; // guard.bpf.c, LEVELS: a group and its parents

const GuardRule* ruleNamed(std::string_view unit, const std::vector<GuardRule>& rules) {
    const auto found = std::find_if(rules.begin(), rules.end(), [&](const GuardRule& one) { return one.unit == unit; });
    return found == rules.end() ? nullptr : &*found;
}

bool isKnown(Provenance from) {
    return from != Provenance::Assumed;
}

std::int32_t orSystems(std::int32_t value, std::int32_t system) {
    return value != 0 ? value : system;
}

} // namespace

const GuardRule* ruleFor(std::string_view path, const std::vector<GuardRule>& rules) {
    for (int level = 0; level < kLevels && !path.empty(); ++level) {
        const std::size_t slash = path.rfind('/');
        const std::string_view name = path.substr(slash == std::string_view::npos ? 0 : slash + 1);
        if (const GuardRule* rule = name.empty() ? nullptr : ruleNamed(name, rules))
            return rule;
        path = path.substr(0, slash == std::string_view::npos ? 0 : slash);
    }
    return ruleNamed("", rules);
}

bool hasValuesOf(const GuardRule& rule, const KeepaliveOptions& options, const TcpSysctls& sysctls) {
    return options.enabled == Switch::On && isKnown(options.enabledFrom) && options.idleSeconds == rule.idle &&
           isKnown(options.idleFrom) &&
           options.intervalSeconds == orSystems(rule.interval, sysctls.keepaliveInterval) &&
           options.probes == orSystems(rule.probes, sysctls.keepaliveProbes) &&
           options.userTimeout.count() == static_cast<std::uint32_t>(rule.userTimeout);
}

} // namespace halfopen
