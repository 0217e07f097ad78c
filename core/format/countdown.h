// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/forecast.h"
#include "core/model/sentence.h"
#include "core/model/units.h"

#include <chrono>
#include <string>

namespace halfopen {

/// What is left until a moment, as it is told: in the table, in a sentence, in the terminal.
struct Countdown {
    enum class Shape : std::uint8_t {
        Due,    ///< it has passed, and its timer waits for the wheel
        Open,   ///< nothing bounds it from above: from `time` on
        Within, ///< its band has begun, and is over in `time`
        Point,
        Band ///< `time`, give or take `around`
    };

    Shape shape = Shape::Due;
    std::chrono::nanoseconds time{0};
    std::chrono::nanoseconds around{0};
    std::chrono::nanoseconds step{0}; ///< in which they are written
    bool guess = false;               ///< it rests on what was not read: "~" stands before it
};

/// Rounded up to the step in which it is written: a countdown reaches its end only when it is over. A band is as wide
/// as holds both of its ends.
/// @param sampled  Connection::sampled, from which the moment counts
/// @param now      read in whole steps, so that whoever paints within the same step paints the same; at `sampled`
///                 itself, as a list and a recording tell it, to the point
/// @param tenths   whether the last ten seconds run in tenths
Countdown countdownTo(const Moment& moment, MonotonicTime sampled, MonotonicTime now, bool guess = false,
                      bool tenths = true);

/// Two lengths of time as a band around their middle, so that it never looks like a point.
Countdown bandOf(std::chrono::nanoseconds earliest, std::chrono::nanoseconds latest, bool guess = false);

/// For a cell: "4.2 s", "~42 s", "1h 47m ±2m", "within 4.0 s", "from 1h 12m", "due".
Sentence shortly(const Countdown& countdown);
/// For a sentence: "in 4.2 s", "in 1h 47m ±2m", "within 4.0 s", "in 1h 12m or any time later", "now due".
Sentence asClause(const Countdown& countdown);

/// The two of a moment as of its sample. The cell is made without a Sentence where it is English.
std::string momentCell(const Moment& moment, bool guess, const Language& language = kEnglish);
Sentence momentClause(const Moment& moment, bool guess = false);
/// Of a timer, whose expiry is nominal.
std::string momentCell(Millis expires, const Language& language = kEnglish);
Sentence momentClause(Millis expires);

} // namespace halfopen
