// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/diagnosis.h"
#include "core/model/forecast.h"
#include "core/model/keepalive_options.h"
#include "core/model/query.h"
#include "core/model/row.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace halfopen {

// The values of core as a person reads them, translated. The words of the JSON contract (core's toString) are English
// and fixed; these are not. States stay as they are in every language: ESTABLISHED is a term, not a word.

QString stateName(State state);
QString diagnosisLabel(Diagnosis diagnosis);          ///< "guarded"
QString diagnosesText(const DiagnosisCounts& counts); ///< the worst first: "2 suspect, 37 guarded"
QString diagnosisMeaning(Diagnosis diagnosis);        ///< one sentence
QString diagnosisMeaning(const Row& row);             ///< the same, of this very row
QString quickFilterLabel(QuickFilter filter);         ///< "Guarded"
QString timerLabel(TimerKind kind);                   ///< "keepalive"; "none"
QString nextEventLabel(NextEvent event);              ///< short, for a cell: "probe", "resend", "window probe"
QString nextEventName(NextEvent event);               ///< for a sentence: "keepalive probe", "retransmission"
QString causeLabel(GiveUpCause cause);                ///< short, for a cell: "keepalive", "user timeout"
QString
causeSentence(GiveUpCause cause); ///< why and with which errno: "all keepalive probes stay unanswered (ETIMEDOUT)"
QString regimeSentence(const Row& row); ///< which mechanism of the kernel has the connection now
/// What a user timeout does that has passed before anything could be sent again; "" for any other.
QString userTimeoutSentence(const Row& row);
QString provenanceLabel(Provenance provenance);   ///< "exact"
QString provenanceMeaning(Provenance provenance); ///< "read from the socket"
QString ownerUnknownLabel(OwnerUnknown why);      ///< "other user"; "" for Known
QString ownerUnknownSentence(OwnerUnknown why);
QString programText(const Owner& owner);                ///< "psql 8123": name and pid
QString programsText(const std::vector<Owner>& owners); ///< each program once: "nginx 911, nginx 912"; "" for none
QString changeLabel(Change change);                     ///< "new", "changed", "closed"; "" for None
QStringList assumptionSentences(std::uint32_t bits);    ///< values that Forecast::assumes has not read, one each
QStringList provisoSentences(std::uint32_t bits);       ///< what must not happen for a promise to hold, one each

} // namespace halfopen
