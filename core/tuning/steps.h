// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/keepalive_defaults.h"

#include <cstdint>

namespace halfopen {

// Steps are the round numbers of seconds at which a handle stops, from the least to the most that is sane (1..32767).
// Dragging and keys share them; the spin boxes take every whole second.

/// The step nearest to a number of seconds, by ratio; anything outside the range is its end.
std::int32_t nearestStep(double seconds);

/// The step that lies `count` steps above (below, where negative) a value, which need not be a step itself.
std::int32_t stepFrom(std::int32_t seconds, int count);

/// Every value brought into the sane range: one that is unusual becomes the kernel's default, so that it is never
/// offered.
KeepaliveDefaults offered(const KeepaliveDefaults& inEffect);

/// Whether any of the three lies outside the sane range.
bool isUnusual(const KeepaliveDefaults& values);

/// When a peer that fell silent is given up: time + interval x probes, in seconds. Source: net/ipv4/tcp_timer.c, a
/// connection dies at the firing after the last probe.
std::int64_t noticedAfter(const KeepaliveDefaults& values);

} // namespace halfopen
