// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/guard_rule.h"
#include "core/model/keepalive_options.h"
#include "core/model/tcp_sysctls.h"

#include <string_view>
#include <vector>

namespace halfopen {

/// The rule that counts for a socket made in a control group: that of the innermost group with one, else that of every
/// connection; nullptr: none.
/// @param path  of its directory, from the root of cgroup2: "/system.slice/postgresql.service"
/// Source: core/kernel/bpf/guard.bpf.c, rule_of()
const GuardRule* ruleFor(std::string_view path, const std::vector<GuardRule>& rules);

/// Whether a socket has keepalive with just the values that this rule gives to one whose program has set none. What is
/// not known of it, but assumed, is no sign.
bool hasValuesOf(const GuardRule& rule, const KeepaliveOptions& options, const TcpSysctls& sysctls);

} // namespace halfopen
