// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/ended_connection.h"
#include "core/model/evidence.h"
#include "core/model/grade.h"
#include "core/model/sentence.h"

namespace halfopen {

/// One piece of evidence for a person, without a dot: "3 of 3 probes unanswered".
Sentence sentence(const EndingEvidence& evidence);

/// "forecast 1h 58m before, 4 ms off"; "came 1.2 s late: broken"; "excused: the peer answered"; "" for None.
/// Without a dot.
Sentence sentence(const EndGrade& grade);

/// What a program got, by errno(3): "ETIMEDOUT (Connection timed out)".
Sentence programError(int number);

/// Why, without repeating the ending: "3 probes unanswered, noticed 9 s after the last sign of life"; "" where nothing
/// was counted.
Sentence reasonOf(const EndedConnection& record);

/// The ended connection in one line, without a dot: "keepalive exhausted: 3 probes unanswered, noticed 9 s after the
/// last sign of life". A likely ending begins with "likely ", an unknown one says between what it lies.
Sentence sentence(const EndedConnection& record);

} // namespace halfopen
