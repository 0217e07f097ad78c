// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/forecast.h"
#include "core/model/units.h"

#include <QString>

#include <chrono>

namespace halfopen {

// One moment has one number on a screen: every text of a time is made here, in one format, and clocks are read in whole
// seconds (in tenths within the last ten seconds), so that whoever paints a little later paints the same.

/// A length of time: "4.2 s", "42 s", "12m 4s", "1h 12m", "3d 4h". Rounds down; negative counts as zero. Translated.
QString durationText(std::chrono::nanoseconds time);

/// Two lengths of time as a band around their middle, wide enough for both, so that it never looks like a point:
/// "4.2 s ±0.1 s", "17 s ±1 s", "1h 47m ±2m". Translated.
QString bandText(std::chrono::nanoseconds earliest, std::chrono::nanoseconds latest);

/// How long ago something was, in whole seconds: "4 s", "42 s", "12m 4s".
/// @param age  of it at the moment `sampled`
QString ageText(std::chrono::nanoseconds age, MonotonicTime sampled, MonotonicTime now);

/// How long until those texts change next, so that all that count change together.
/// @param tenths  something is in its last ten seconds
std::chrono::milliseconds untilNextTick(MonotonicTime now, bool tenths);

/// Whether the last ten seconds run in tenths, as they do unless nothing is to move fast on this desktop
/// (QStyle::SH_Widget_Animation_Duration is 0). GUI thread; whoever is told reads the texts anew.
void setTenths(bool shown);

/// The word for a deadline that has passed while its timer waits for the wheel: "due".
QString dueText();

/// What is left until a moment: a countdown, a band, "within 4 s" where its band has begun, or "due".
/// @param sampled  Connection::sampled, from which the moment counts
/// @param guess    it rests on what was not read: "~" stands before it
QString countdownText(const Moment& moment, MonotonicTime sampled, MonotonicTime now, bool guess = false);

/// The same as a sentence has it: "in 1m 24s", "in 17 s ±1 s", "within 4.0 s", "now due".
QString countdownSentence(const Moment& moment, MonotonicTime sampled, MonotonicTime now, bool guess = false);

/// The moment by the clock on the wall: "10:42:07", with the date where it is another day; a band with both ends.
/// @param present  Frame::presentOf() of this very moment, also while the countdowns stand still
QString wallText(const Moment& moment, MonotonicTime sampled, MonotonicTime present);

} // namespace halfopen
