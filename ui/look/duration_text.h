// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/forecast.h"
#include "core/model/units.h"

#include <QString>

#include <chrono>

namespace halfopen {

/// A length of time in as few characters as a table has: "4.2 s", "42 s", "12:04", "1:12:04", "3 d 4 h". Rounds down;
/// negative counts as zero. Translated.
QString compactDuration(std::chrono::nanoseconds time);

/// The same in whole seconds, for ages that count up: "4 s", "42 s", "12:04".
QString ageText(std::chrono::nanoseconds time);

/// A length of time for a sentence: "4.2 s", "42 s", "1 min 24 s", "1 h 12 min", "3 d 4 h". Rounds down. Translated.
QString spokenDuration(std::chrono::nanoseconds time);

/// Two lengths of time as a band, the first rounded down and the second up, so that it never looks like a point:
/// "4.2 .. 4.5 s", "16 .. 18 s", "1 h 12 min .. 1 h 14 min". Translated.
QString bandDuration(std::chrono::nanoseconds earliest, std::chrono::nanoseconds latest);

/// The same for a table: "12:13 .. 12:16" between a minute and an hour.
QString compactBand(std::chrono::nanoseconds earliest, std::chrono::nanoseconds latest);

/// The word for a deadline that has passed while its timer waits for the wheel: "due".
QString dueText();

/// What is left until a moment: a compact countdown, a band, or "due".
/// @param sampled  Connection::sampled, from which the moment counts
QString countdownText(const Moment& moment, MonotonicTime sampled, MonotonicTime now);

/// The same as a sentence has it, without a preposition: "in 1 min 24 s", "in 16 .. 18 s", "now due".
QString countdownSentence(const Moment& moment, MonotonicTime sampled, MonotonicTime now);

} // namespace halfopen
