// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/grades/look.h"
#include "core/model/sighting.h"

namespace halfopen {

/// What the step from one sample of a connection to the next shows to have come between. Pure, O(1), does not allocate;
/// called for every row of every sample that promises something.
Sightings sightingsBetween(const Look& before, const Look& now);

/// Which sightings excuse a promise: those that its `assumes` names. That the peer is silent, that nobody closes the
/// connection or changes its options and that this machine is awake is what every promise rests on.
Sightings excusesOf(std::uint32_t assumes, Regime regime);

/// Whether an end rests on limits that could not be read: then a miss that nothing else explains shows that they are
/// others. (What was read, the samples show to have changed.)
bool restsOnUnreadLimits(std::uint32_t assumes);

/// Of the conditions that one promise was made under and those that hold now: which began, and whether one is over.
Sightings sightingsOf(Conditions then, Conditions now);

} // namespace halfopen
