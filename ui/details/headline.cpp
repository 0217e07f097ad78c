// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/headline.h"

#include "core/forecast/proof_of_life.h"
#include "core/format/condition_text.h"
#include "ui/look/duration_text.h"
#include "ui/look/ending_strings.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace halfopen {

namespace {

struct Headline {
    Q_DECLARE_TR_FUNCTIONS(Headline)
};

QString listed(const QString& one, const QString& other) {
    return Headline::tr("%1, %2").arg(one, other);
}

QString ownerText(const Subject& subject) {
    const auto& owners = subject.frame->ownersOf(*subject.row);
    if (!owners.empty())
        return programText(owners.front());
    return fromCore(subject.frame->localOf(*subject.row));
}

QString lastSign(const Row& row, MonotonicTime now) {
    const auto age = row.connection.lifeAge();
    if (!age)
        return Headline::tr("no sign of life yet");
    return Headline::tr("last sign of life %1 ago").arg(ageText(*age, row.connection.sampled, now));
}

QString unansweredText(const Forecast& forecast) {
    if (!forecast.hasAllowed)
        return forecast.regime == Regime::Keepalive
                   ? Headline::tr("%n probe(s) unanswered", nullptr, forecast.unanswered)
                   : Headline::tr("sent %n time(s) without an answer", nullptr, forecast.unanswered);
    switch (forecast.regime) {
    case Regime::Retransmission:
    case Regime::Orphan:
        return Headline::tr("%1 of %2 retransmissions unanswered").arg(forecast.unanswered).arg(forecast.allowed);
    case Regime::Syn:
        return Headline::tr("%1 of %2 SYNs unanswered").arg(forecast.unanswered).arg(forecast.allowed);
    case Regime::SynAck:
        return Headline::tr("%1 of %2 SYN-ACKs unanswered").arg(forecast.unanswered).arg(forecast.allowed);
    default:
        return Headline::tr("%1 of %2 probes unanswered").arg(forecast.unanswered).arg(forecast.allowed);
    }
}

QString endText(const Row& row, MonotonicTime now) {
    const auto when = countdownSentence(row.forecast.shownEnd(), row.connection.sampled, now, isGuess(row.forecast));
    return endsOrderly(row.forecast.cause) ? Headline::tr("ends %1").arg(when) : Headline::tr("given up %1").arg(when);
}

QString listeningReason(const Row& row, MonotonicTime) {
    const auto waiting = static_cast<int>(row.connection.receiveQueue);
    return Headline::tr("%n connection(s) wait to be accepted (backlog %1)", nullptr, waiting)
        .arg(row.connection.sendQueue);
}

QString openingReason(const Row& row, MonotonicTime now) {
    if (row.connection.state == State::Bound)
        return Headline::tr("bound, neither listening nor connected");
    return listed(unansweredText(row.forecast), endText(row, now));
}

QString abandonedReason(const Row& row, MonotonicTime) {
    if (row.connection.state == State::Close)
        return Headline::tr("its connection has ended, and its program still has it open");
    const auto unread = static_cast<int>(row.connection.receiveQueue);
    const auto text = Headline::tr("the peer has closed, the program has not");
    return unread > 1 ? listed(text, Headline::tr("%n byte(s) unread", nullptr, unread)) : text;
}

QString closingReason(const Row& row, MonotonicTime now) {
    const auto state = stateName(row.connection.state);
    return row.forecast.cause == GiveUpCause::None ? state : listed(state, endText(row, now));
}

QString suspectReason(const Row& row, MonotonicTime now) {
    return listed(unansweredText(row.forecast), lastSign(row, now));
}

QString stalledReason(const Row& row, MonotonicTime) {
    return Headline::tr("%n byte(s) wait and the peer's window is zero", nullptr,
                        static_cast<int>(row.connection.info.notSentBytes));
}

QString activeReason(const Row& row, MonotonicTime now) {
    if (row.connection.info.unacked > 0)
        return Headline::tr("%n segment(s) in flight", nullptr, static_cast<int>(row.connection.info.unacked));
    return lastSign(row, now);
}

QString guardedReason(const Row& row, MonotonicTime now) {
    QString text = Headline::tr("keepalive is armed");
    if (row.forecast.cause != GiveUpCause::None)
        text = Headline::tr("next probe %1, %2 if the peer stays silent")
                   .arg(countdownSentence(row.forecast.next, row.connection.sampled, now, isGuess(row.forecast)),
                        endText(row, now));
    const auto answered = probeAnswered(row.connection, row.options);
    return answered ? listed(text, Headline::tr("the peer answered a probe %1 ago")
                                       .arg(ageText(*answered, row.connection.sampled, now)))
                    : text;
}

QString unguarded(const Row& row, MonotonicTime) {
    return unguardedReason(row);
}

using Reason = QString (*)(const Row& row, MonotonicTime now);
constexpr std::array<Reason, kDiagnosisCount> kReasons{listeningReason, openingReason, abandonedReason,
                                                       closingReason,   suspectReason, stalledReason,
                                                       activeReason,    guardedReason, unguarded};

} // namespace

QString unguardedReason(const Row& row) {
    const Conditions& holds = row.forecast.conditions;
    if (isWithoutProbesAsAssumed(row.forecast))
        return Headline::tr(
            "if its number of probes is tcp_keepalive_probes, 0, it never asks whether the peer is there");
    if (holds.has(Condition::NoProbes))
        return Headline::tr("keepalive is on without a single probe: it never asks whether the peer is there");
    if (holds.has(Condition::LocalDrop))
        return Headline::tr("keepalive is on, but its probes do not leave this machine");
    if (row.connection.state == State::FinWait2)
        return Headline::tr("this side has closed its half, and no mechanism of the kernel will ever notice that the "
                            "peer is gone");
    return Headline::tr("no mechanism of the kernel will ever notice that this peer is gone");
}

QString whoText(const Subject& subject) {
    if (subject.row->diagnosis == Diagnosis::Listening)
        return Headline::tr("%1 listens on %2").arg(ownerText(subject), fromCore(subject.frame->localOf(*subject.row)));
    if (subject.row->connection.state == State::Bound)
        return Headline::tr("%1 has bound %2").arg(ownerText(subject), fromCore(subject.frame->localOf(*subject.row)));
    return QStringLiteral("%1 \u2192 %2").arg(ownerText(subject), fromCore(subject.frame->remoteOf(*subject.row)));
}

QString diagnosisSentence(const Subject& subject, MonotonicTime now) {
    const Row& row = *subject.row;
    if (subject.over() && subject.ending)
        return Headline::tr("closed: %1: %2", "ending, reason")
            .arg(endingText(*subject.ending), reasonSentence(*subject.ending));
    if (subject.over())
        return Headline::tr("closed: it is no longer in the kernel's list");
    return Headline::tr("%1: %2", "diagnosis, reason")
        .arg(diagnosisLabel(row.diagnosis), kReasons[static_cast<std::size_t>(row.diagnosis)](row, now));
}

} // namespace halfopen
