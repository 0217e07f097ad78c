// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/diagnosis.h"
#include "core/model/ended_connection.h"

#include <QString>

namespace halfopen {

// Records in the language of the window, with core's sentences.

QString endingLabel(Ending ending);       ///< "keepalive exhausted"
QString endingKindLabel(EndingKind kind); ///< "timed out"
/// With how far it is known: "keepalive exhausted", "reset (likely)". A TIME-WAIT is part of a connection that was
/// closed in order, where anything was seen of that.
QString endingText(const EndedConnection& record);
/// Why, without repeating the ending: "3 probes unanswered, noticed 9 s after the last sign of life"; the first piece
/// of evidence where there is nothing to count.
QString reasonSentence(const EndedConnection& record);
QString evidenceSentence(const EndingEvidence& evidence); ///< "3 of 3 probes unanswered"
/// Who tells it: "samples", "the kernel's event".
QString evidenceSourceLabel(EvidenceSource source);
/// What a program got: "ETIMEDOUT", and with its meaning: "ETIMEDOUT (connection timed out)".
QString errorName(int number);
QString errorText(int number);
QString confidenceSentence(Confidence confidence);

/// The diagnosis whose icon and colour an ending takes: given up, ended from outside, in order, not known.
Diagnosis accentOf(Ending ending);

/// "14:03:22" today, else with its date; in the time zone of the person.
QString momentText(WallTime at);
/// "psql 8123"; why it is not known, where it is not.
QString ownersText(const EndedConnection& record);

} // namespace halfopen
