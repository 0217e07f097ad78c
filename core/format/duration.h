// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/forecast.h"
#include "core/model/sentence.h"
#include "core/model/units.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace halfopen {

/// A time for a column, in the units of the window: "0.4 s", "44 s", "12m 4s", "1h 12m", "3d 4h". Cut, not rounded;
/// Millis::max() is "> 49 d".
std::string shortDuration(Millis time, const Language& language = kEnglish);

/// A time for a sentence: "4.2 s", "44 s", "12 min 4 s", "1 h 12 min", "3 d 4 h".
Sentence longDuration(Millis time);
/// "~" where values that were not read decide about a forecast, as the window has it; else "".
std::string_view guessMark(const Forecast& forecast);

/// A moment for a column: one time where it is exact, or a band within a second, else "1h 12m..1h 15m", which
/// holds both ends.
std::string shortMoment(const Moment& moment, const Language& language = kEnglish);
/// The same for a sentence: "in 1 h 12 min", "in 1 h 12 min to 1 h 15 min".
Sentence longMoment(const Moment& moment);

/// Durations as people type them: 90, 90s, 2m, 2min, 1h30m, "1 h 30 min", 500ms, 2d; a bare number is seconds.
/// @return nullopt where it is none, negative, or beyond 100 years
std::optional<std::chrono::milliseconds> parseDuration(std::string_view text);

} // namespace halfopen
