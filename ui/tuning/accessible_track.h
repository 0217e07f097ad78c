// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/keepalive_defaults.h"

namespace halfopen {

class TrackView;

// The track as a screen reader has it: three sliders, which it can also move.

/// For every track that is made from now on.
void makeTrackAccessible();
/// Says which of the sliders has the keys now.
void tellFocus(TrackView& track);
/// Says the values that are others than before.
void tellValues(TrackView& track, const KeepaliveDefaults& before);

} // namespace halfopen
