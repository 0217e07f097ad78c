// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/details/subject.h"

#include <QString>

namespace halfopen {

/// Who talks to whom: "psql 8123 → 203.0.113.9:5432", "sshd 812 listens on 0.0.0.0:22".
QString whoText(const Subject& subject);

/// The diagnosis and why, in one line: "suspect: 2 of 6 probes unanswered, last sign of life 1 min 24 s ago".
QString diagnosisSentence(const Subject& subject, MonotonicTime now);

/// Why nothing will notice that the peer is gone; for rows that are unguarded.
QString unguardedReason(const Row& row);

} // namespace halfopen
