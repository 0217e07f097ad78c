// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/socket_operations.h"
#include "core/model/privilege_error.h"
#include "ui/actions/change_flow.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace halfopen {

// What is said about acting on connections, translated. Each is a pure function of what it tells.

/// Under a value: "exact", "exact, same as the system's", "exact, override"; the other provenances by their word.
QString valueNote(Provenance from);
QString valueNote(Provenance from, std::int32_t value, std::int32_t system);
QString differsNote(); ///< "differs between them"

/// What happens to a connection: "first probe in 1 min, given up in 1 min 30 s if the peer stays silent", "never given
/// up: ...".
QString fateSentence(const Forecast& forecast, MonotonicTime sampled, MonotonicTime now);
/// "no timer is running"; "its keepalive timer fires in 10 s".
QString timerSentence(const Connection& connection, MonotonicTime now);

/// A line for each: who holds it, and who the peer is; a few of many.
QStringList connectionLines(const Targets& targets);

/// The same by program: "nginx: 19,000"; the most frequent first, a few of many.
QStringList programLines(const Targets& targets);

/// Why a whole request was not done. "" for Dismissed.
QString refusalSentence(const PrivilegeError& error);
/// What became of a round of changes: "Changed.", "3 of 5 changed; 2 could not be: ...". "" where a dialog was closed
/// before anything was done.
QString roundSentence(const ChangeRound& round);
/// The command of the first refusal that has one; "".
QString commandOf(const ChangeRound& round);

/// How many of each reason, in the order of their first appearance: "gone already; not permitted (2)".
class ReasonList {
public:
    void add(const QString& reason);
    QString text() const;

private:
    std::vector<std::pair<QString, int>> m_reasons;
};

/// Of a frame that is not Frame::isHere(): why nothing that it shows can be changed.
QString whyNotChanged(const Frame& frame);

/// A sentence of core without its full stop, for the end of one of ours.
QString withoutStop(QString sentence);

} // namespace halfopen
