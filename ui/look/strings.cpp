// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/strings.h"

#include "core/format/user_timeout.h"
#include "core/model/query.h"
#include "core/query/order.h"
#include "ui/look/sentence.h"
#include "ui/look/text.h"
#include "ui/look/translated.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>

namespace halfopen {

namespace {

/// English text marked for translation, looked up when it is shown.
using Text = const char*;

template <class Enum, std::size_t N>
QString pick(const std::array<Text, N>& texts, Enum value) {
    const auto index = static_cast<std::size_t>(value);
    if (index >= N || texts[index][0] == '\0')
        return {};
    return QCoreApplication::translate("Strings", texts[index]);
}

constexpr std::array<Text, kDiagnosisCount> kDiagnosisMeanings{
    QT_TRANSLATE_NOOP("Strings", "It waits for connections."),
    QT_TRANSLATE_NOOP("Strings", "The handshake is not finished."),
    QT_TRANSLATE_NOOP("Strings", "The peer has closed; the program has not."),
    QT_TRANSLATE_NOOP("Strings", "It is being taken down."),
    QT_TRANSLATE_NOOP("Strings", "At least one probe or retransmission is unanswered: the peer may be gone."),
    QT_TRANSLATE_NOOP("Strings", "Data waits and the peer's window is zero: it is there but takes nothing."),
    QT_TRANSLATE_NOOP("Strings", "Data is in flight, or moved within the last 5 s."),
    QT_TRANSLATE_NOOP("Strings",
                      "Nothing is in flight and keepalive is armed: if the peer is gone, the kernel will notice."),
    QT_TRANSLATE_NOOP(
        "Strings",
        "Nothing is in flight and there is no keepalive: if the peer is gone, the kernel will never notice.")};

constexpr std::array<Text, kQuickFilterCount> kQuickFilters{
    QT_TRANSLATE_NOOP("Strings", "All"),      QT_TRANSLATE_NOOP("Strings", "Established"),
    QT_TRANSLATE_NOOP("Strings", "Guarded"),  QT_TRANSLATE_NOOP("Strings", "Unguarded"),
    QT_TRANSLATE_NOOP("Strings", "Suspect"),  QT_TRANSLATE_NOOP("Strings", "Abandoned"),
    QT_TRANSLATE_NOOP("Strings", "Listening")};

constexpr std::array<Text, 6> kTimers{
    QT_TRANSLATE_NOOP("Strings", "none"),         QT_TRANSLATE_NOOP("Strings", "retransmit"),
    QT_TRANSLATE_NOOP("Strings", "keepalive"),    QT_TRANSLATE_NOOP("Strings", "TIME-WAIT"),
    QT_TRANSLATE_NOOP("Strings", "window probe"), QT_TRANSLATE_NOOP("Strings", "delayed ACK")};

constexpr std::array<Text, 7> kEventLabels{"",
                                           QT_TRANSLATE_NOOP("Strings", "probe"),
                                           QT_TRANSLATE_NOOP("Strings", "resend"),
                                           QT_TRANSLATE_NOOP("Strings", "window"),
                                           QT_TRANSLATE_NOOP("Strings", "SYN"),
                                           QT_TRANSLATE_NOOP("Strings", "SYN-ACK"),
                                           QT_TRANSLATE_NOOP("Strings", "end")};

constexpr std::array<Text, 7> kEventNames{"",
                                          QT_TRANSLATE_NOOP("Strings", "keepalive probe"),
                                          QT_TRANSLATE_NOOP("Strings", "retransmission"),
                                          QT_TRANSLATE_NOOP("Strings", "window probe"),
                                          QT_TRANSLATE_NOOP("Strings", "SYN"),
                                          QT_TRANSLATE_NOOP("Strings", "SYN-ACK"),
                                          QT_TRANSLATE_NOOP("Strings", "the end")};

constexpr std::array<Text, 13> kCauseLabels{"",
                                            QT_TRANSLATE_NOOP("Strings", "keepalive"),
                                            QT_TRANSLATE_NOOP("Strings", "user timeout"),
                                            QT_TRANSLATE_NOOP("Strings", "retries"),
                                            QT_TRANSLATE_NOOP("Strings", "user timeout"),
                                            QT_TRANSLATE_NOOP("Strings", "orphan"),
                                            QT_TRANSLATE_NOOP("Strings", "window probes"),
                                            QT_TRANSLATE_NOOP("Strings", "user timeout"),
                                            QT_TRANSLATE_NOOP("Strings", "SYN retries"),
                                            QT_TRANSLATE_NOOP("Strings", "SYN-ACK retries"),
                                            QT_TRANSLATE_NOOP("Strings", "FIN-WAIT-2"),
                                            QT_TRANSLATE_NOOP("Strings", "TIME-WAIT"),
                                            QT_TRANSLATE_NOOP("Strings", "MPTCP")};

constexpr std::array<Text, 13> kCauseSentences{
    "",
    QT_TRANSLATE_NOOP("Strings", "the last keepalive probe stays unanswered (ETIMEDOUT)"),
    QT_TRANSLATE_NOOP("Strings", "TCP_USER_TIMEOUT ends the keepalive probing (ETIMEDOUT)"),
    QT_TRANSLATE_NOOP("Strings", "the retransmissions allowed by tcp_retries2 are used up (ETIMEDOUT)"),
    QT_TRANSLATE_NOOP("Strings", "data stays unacknowledged for TCP_USER_TIMEOUT (ETIMEDOUT)"),
    QT_TRANSLATE_NOOP("Strings", "no program holds it and the retries allowed by tcp_orphan_retries are used up"),
    QT_TRANSLATE_NOOP("Strings", "the window probes allowed by tcp_retries2 are used up (ETIMEDOUT)"),
    QT_TRANSLATE_NOOP("Strings", "the peer's window stays closed for TCP_USER_TIMEOUT (ETIMEDOUT)"),
    QT_TRANSLATE_NOOP("Strings", "no SYN is answered (ETIMEDOUT)"),
    QT_TRANSLATE_NOOP("Strings", "no SYN-ACK is acknowledged"),
    QT_TRANSLATE_NOOP("Strings", "the peer does not close within tcp_fin_timeout"),
    QT_TRANSLATE_NOOP("Strings", "the quiet time after closing is over"),
    QT_TRANSLATE_NOOP("Strings", "no subflow is made within net.mptcp.close_timeout")};

constexpr std::array<Text, 5> kProvenances{
    QT_TRANSLATE_NOOP("Strings", "exact"), QT_TRANSLATE_NOOP("Strings", "derived"),
    QT_TRANSLATE_NOOP("Strings", "inferred"), QT_TRANSLATE_NOOP("Strings", "assumed"),
    QT_TRANSLATE_NOOP("Strings", "hidden")};

constexpr std::array<Text, 5> kProvenanceMeanings{
    QT_TRANSLATE_NOOP("Strings", "read from the socket"),
    QT_TRANSLATE_NOOP("Strings", "implied by what the kernel shows"),
    QT_TRANSLATE_NOOP("Strings", "worked out from its timer"),
    QT_TRANSLATE_NOOP("Strings", "the system's default; its own is not known"),
    QT_TRANSLATE_NOOP("Strings", "another timer masks it")};

constexpr std::array<Text, 4> kChanges{"", QT_TRANSLATE_NOOP("Strings", "new"), QT_TRANSLATE_NOOP("Strings", "changed"),
                                       QT_TRANSLATE_NOOP("Strings", "closed")};

struct Assumption {
    std::uint32_t bit;
    Text text;
};

constexpr std::array<Assumption, 12> kAssumptions{{
    {assume::KeepaliveTime, QT_TRANSLATE_NOOP("Strings", "idle time as in tcp_keepalive_time")},
    {assume::KeepaliveInterval, QT_TRANSLATE_NOOP("Strings", "interval as in tcp_keepalive_intvl")},
    {assume::KeepaliveProbes, QT_TRANSLATE_NOOP("Strings", "probes as in tcp_keepalive_probes")},
    {assume::UserTimeout, QT_TRANSLATE_NOOP("Strings", "no TCP_USER_TIMEOUT")},
    {assume::KeepaliveHidden, QT_TRANSLATE_NOOP("Strings", "keepalive, which another timer masks")},
    {assume::IdleInferred, QT_TRANSLATE_NOOP("Strings", "idle time worked out from its timer")},
    {assume::IntervalInferred, QT_TRANSLATE_NOOP("Strings", "interval worked out from its timer")},
    {assume::FirstRetransmission, QT_TRANSLATE_NOOP("Strings", "the time of the first retransmission, reconstructed")},
    {assume::SocketDefaults,
     QT_TRANSLATE_NOOP("Strings", "the defaults of TCP_SYNCNT, TCP_DEFER_ACCEPT, TCP_LINGER2 and TCP_RTO_MAX_MS")},
    {assume::TailLossProbe, QT_TRANSLATE_NOOP("Strings", "a tail loss probe before the first timeout")},
    {assume::ListenerOptions, QT_TRANSLATE_NOOP("Strings", "the listener's options as they are now")},
    {assume::SettingsUnread, QT_TRANSLATE_NOOP("Strings", "the kernel's defaults for settings that could not be read")},
}};

constexpr std::array<Text, 10> kRegimes{
    "",
    QT_TRANSLATE_NOOP("Strings",
                      "Keepalive watches it: the kernel probes the peer once it has been silent for the idle time."),
    QT_TRANSLATE_NOOP("Strings",
                      "Data is in flight: the kernel retransmits until it is acknowledged. Keepalive rests meanwhile."),
    QT_TRANSLATE_NOOP(
        "Strings",
        "Data waits and the peer's window is closed: the kernel asks again and again whether it has opened."),
    QT_TRANSLATE_NOOP("Strings", "It is being opened: the kernel repeats the SYN until the peer answers."),
    QT_TRANSLATE_NOOP("Strings",
                      "A peer is connecting: the kernel repeats the SYN-ACK until the peer acknowledges it."),
    QT_TRANSLATE_NOOP("Strings", "Our side is closed; the kernel waits a while for the peer to close too."),
    QT_TRANSLATE_NOOP("Strings",
                      "It is closed; the kernel keeps the address pair for a while so that late packets do no harm."),
    QT_TRANSLATE_NOOP("Strings",
                      "No program holds it any more; the kernel tries to deliver the rest and then drops it."),
    QT_TRANSLATE_NOOP(
        "Strings", "Its last subflow is gone; the kernel keeps the connection for a while, so that another may come.")};

QString restingSentence(const Row& row) {
    if (row.diagnosis == Diagnosis::Listening)
        return QCoreApplication::translate("Strings", "It waits for connections; nothing of it can time out.");
    if (row.forecast.never)
        return QCoreApplication::translate(
            "Strings",
            "Nothing is in flight and keepalive is off: no mechanism of the kernel is running that could ever "
            "notice that the peer is gone.");
    return QCoreApplication::translate("Strings", "No timer of the kernel is running for it right now.");
}

} // namespace

QString stateName(State state) {
    const auto name = toString(state);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

QString diagnosisLabel(Diagnosis diagnosis) {
    return translated(Sentence::word(toString(diagnosis)));
}

QString diagnosesText(const DiagnosisCounts& counts) {
    std::array<QString, kDiagnosisCount> parts;
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (const auto diagnosis = static_cast<Diagnosis>(i); counts[i] > 0)
            parts[worryOf(diagnosis)] = QCoreApplication::translate("Strings", "%1 %2", "count, diagnosis")
                                            .arg(QLocale().toString(counts[i]), diagnosisLabel(diagnosis));
    QStringList there(parts.begin(), parts.end());
    there.removeAll(QString());
    return there.join(QCoreApplication::translate("Strings", ", ", "between counts of diagnoses"));
}

QString diagnosisMeaning(Diagnosis diagnosis) {
    return pick(kDiagnosisMeanings, diagnosis);
}

QString diagnosisMeaning(const Row& row) {
    if (row.connection.state == State::Bound)
        return QCoreApplication::translate("Strings", "Its program has given it an address, and it is not connected.");
    if (row.connection.state == State::Close && row.diagnosis == Diagnosis::Abandoned)
        return QCoreApplication::translate("Strings", "Its connection has ended, and its program still has it open.");
    return diagnosisMeaning(row.diagnosis);
}

QString quickFilterLabel(QuickFilter filter) {
    return pick(kQuickFilters, filter);
}

QString timerLabel(TimerKind kind) {
    return pick(kTimers, kind);
}

QString nextEventLabel(NextEvent event) {
    return pick(kEventLabels, event);
}

QString nextEventName(NextEvent event) {
    return pick(kEventNames, event);
}

QString causeLabel(GiveUpCause cause) {
    return pick(kCauseLabels, cause);
}

QString causeSentence(GiveUpCause cause) {
    return pick(kCauseSentences, cause);
}

QString regimeSentence(const Row& row) {
    const auto sentence = pick(kRegimes, row.forecast.regime);
    return sentence.isEmpty() ? restingSentence(row) : sentence;
}

QString userTimeoutSentence(const Row& row) {
    if (!endsAtTheFirstLoss(row))
        return {};
    return QCoreApplication::translate("Strings",
                                       "%1 ms are over before anything is sent again (after %2 ms): one lost packet or "
                                       "one unanswered probe ends the connection. The option counts milliseconds.")
        .arg(row.options.userTimeout.count())
        .arg(retransmissionTimeout(row).count());
}

QString provenanceLabel(Provenance provenance) {
    return pick(kProvenances, provenance);
}

QString provenanceMeaning(Provenance provenance) {
    return pick(kProvenanceMeanings, provenance);
}

QString ownerUnknownLabel(OwnerUnknown why) {
    return translated(Sentence::word(toString(why)));
}

QString ownerUnknownSentence(OwnerUnknown why) {
    if (why == OwnerUnknown::NotLookedUp)
        return QCoreApplication::translate("Strings", "The processes have not been searched for this socket.");
    return translated(sentenceOf(why));
}

QString programText(const Owner& owner) {
    return fromCore(owner.name) + QLatin1Char(' ') + QString::number(owner.pid); // a name may hold "%1"
}

QString programsText(const std::vector<Owner>& owners) {
    QStringList names;
    for (const auto& owner : owners)
        names.append(programText(owner));
    names.removeDuplicates();
    return asList(names);
}

QString changeLabel(Change change) {
    return pick(kChanges, change);
}

QStringList assumptionSentences(std::uint32_t bits) {
    QStringList sentences;
    for (const auto& assumption : kAssumptions)
        if (bits & assumption.bit)
            sentences.append(QCoreApplication::translate("Strings", assumption.text));
    return sentences;
}

QStringList provisoSentences(std::uint32_t bits) {
    QStringList sentences;
    for (const auto& proviso : assumptions(bits & ~assume::kValues))
        sentences.append(translated(Sentence::word(proviso)));
    return sentences;
}

} // namespace halfopen
