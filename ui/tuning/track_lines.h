// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tuning/track_view.h"

namespace halfopen {

inline constexpr double kTrackMargin = 22;
inline constexpr double kGripDrop = 13;         ///< the interval's grip below the axis
inline constexpr std::uint32_t kMarksHigh = 14; ///< the most marks in a column

/// Where the rows of the track are, in pixels from the top: middles for marks and lines, tops for text.
struct TrackView::Lines {
    double captions;
    double crowdFoot;
    double axis;
    double scale;
    double boxes;
    double boxNames;
    double legend;
    double bottom;
    double line; ///< height of a line of text
};

} // namespace halfopen
