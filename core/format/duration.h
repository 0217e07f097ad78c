// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/sentence.h"
#include "core/model/units.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace halfopen {

// One length of time has one number in one format, in the window and in the terminal, in cells and in sentences: all of
// them are made here, and what counts down in countdown.h.

/// A length of time: "4.2 s", "4 s", "42 s", "12m 4s", "1h 12m", "3d 4h". Cut, not rounded; negative counts as zero;
/// Millis::max() is "> 49 d".
Sentence durationSentence(std::chrono::nanoseconds time);
/// The same for a cell of a table.
std::string durationCell(std::chrono::nanoseconds time, const Language& language = kEnglish);

/// The step in which a duration of this size is written out: a tenth of a second below 10 s, then 1 s, 1 min, 1 h.
std::chrono::nanoseconds stepOf(std::chrono::nanoseconds time);

/// Of what is written in that step: below a minute in tenths also where they are zero, so that digits do not come and
/// go, if it is less than a second.
Sentence durationSentence(std::chrono::nanoseconds time, std::chrono::nanoseconds step);
std::string durationCell(std::chrono::nanoseconds time, std::chrono::nanoseconds step, const Language& language);

/// How long ago something was: whole seconds, which run while somebody looks.
std::chrono::nanoseconds wholeAge(std::chrono::nanoseconds age);

/// A time of microseconds, such as a round trip: "31 µs", "4.21 ms", "42.1 ms", "421 ms", "12 s". Rounded.
Sentence roundTripText(std::uint64_t microseconds);

/// Durations as people type them: 90, 90s, 2m, 2min, 1h30m, "1 h 30 min", 500ms, 2d; a bare number is seconds.
/// @return nullopt where it is none, negative, or beyond 100 years
std::optional<std::chrono::milliseconds> parseDuration(std::string_view text);

} // namespace halfopen
