// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/bpf/guard_program.h"

#include <cstdint>
#include <string>

namespace halfopen {

/// (siiiutttt): unit ("*": every connection), idle_s, interval_s, probes, user_timeout_ms (of the last three 0: as the
/// system has it), and what the rule has done: guarded_active, guarded_passive, asked_themselves, failed.
struct BusGuard {
    std::string unit;
    std::int32_t idle = 0;
    std::int32_t interval = 0;
    std::int32_t probes = 0;
    std::uint32_t userTimeout = 0;
    std::uint64_t active = 0;
    std::uint64_t passive = 0;
    std::uint64_t asked = 0;
    std::uint64_t failed = 0;
};

BusGuard toBus(const GuardState& state);
GuardState fromBus(const BusGuard& guard);

} // namespace halfopen
