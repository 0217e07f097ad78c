// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/explain.h"

#include "core/format/condition_text.h"
#include "core/format/countdown.h"
#include "core/format/duration.h"
#include "core/format/mptcp_text.h"
#include "core/format/tracking_text.h"
#include "core/format/user_timeout.h"
#include "core/model/path_out.h"
#include "core/model/payload.h"

#include <fmt/format.h>

namespace halfopen {

namespace {

Sentence ownersText(const Row& row, const Frame& frame) {
    const auto& owners = frame.ownersOf(row);
    if (owners.empty())
        return sentenceOf(row.ownerUnknown == OwnerUnknown::Known ? OwnerUnknown::NotLookedUp : row.ownerUnknown);
    std::vector<Sentence> names;
    for (const Owner& owner : owners)
        names.push_back(describe(owner));
    return Sentence::tr("Owned by {0}.", listOf(names));
}

Sentence what(const Row& row, const Frame& frame) {
    const Connection& c = row.connection;
    const std::string user(frame.userOf(row));
    const std::string local = frame.localOf(row);
    if (c.state == State::Listen)
        return Sentence::tr("{0} is a listener; {1} connections wait to be accepted (backlog {2}).", local,
                            c.receiveQueue, c.sendQueue);
    if (c.state == State::Bound)
        return user.empty()
                   ? Sentence::tr("{0} is bound: neither listening nor connected.", local)
                   : Sentence::tr("{0} is bound: neither listening nor connected, owned by user {1}.", local, user);
    const std::string remote = frame.remoteOf(row);
    return user.empty() ? Sentence::tr("{0} to {1} is {2}.", local, remote, toString(c.state))
                        : Sentence::tr("{0} to {1} is {2}, owned by user {3}.", local, remote, toString(c.state), user);
}

/// Nothing for a connection of one's own network namespace.
Sentence elsewhere(const NetnsContext& netns) {
    switch (netns.tier) {
    case NetnsTier::Own:
        return {};
    case NetnsTier::Public:
        return Sentence::tr(
            "It lives in the network namespace {0} and is told as anybody may see it: without tcp_info, "
            "and with the kernel's default settings assumed.",
            netns.name);
    case NetnsTier::Mine:
    case NetnsTier::Asked:
        break;
    }
    return Sentence::tr("It lives in the network namespace {0}.", netns.name);
}

/// Data that this machine does not send waits under the window probe's timer, the peer's window being open.
bool isUnsendable(const Forecast& f) {
    return f.regime == Regime::WindowProbe &&
           (f.conditions.has(Condition::LocalDrop) || f.conditions.has(Condition::LocalRefuse));
}

Sentence timer(const Row& row) {
    const Connection& c = row.connection;
    const Sentence due = c.timer.expires.count() == 0
                             ? Sentence::tr("is due")
                             : Sentence::tr("expires {0} (nominally)", momentClause(c.timer.expires));
    switch (c.timer.kind()) {
    case TimerKind::Retransmit:
        if (row.forecast.conditions.has(Condition::ClosedWindow)) // these are counted nowhere
            return Sentence::tr("The kernel's retransmission timer {0}.", due);
        return Sentence::tr("The kernel's retransmission timer {0}; {1} retransmissions went unanswered.", due,
                            c.timer.retransmits);
    case TimerKind::Keepalive:
        if (c.upperLayer == UpperLayer::MptcpWithoutSubflow)
            return Sentence::tr("The kernel's MPTCP close timer {0}.", due);
        return c.isOrphan() ? Sentence::tr("The kernel's FIN-WAIT-2 timer {0}.", due)
                            : Sentence::tr("The kernel's keepalive timer {0}.", due);
    case TimerKind::TimeWait:
        return c.state == State::TimeWait ? Sentence::tr("The kernel's TIME-WAIT timer {0}.", due)
                                          : Sentence::tr("The kernel's FIN-WAIT-2 timer {0}.", due);
    case TimerKind::WindowProbe:
        if (isUnsendable(row.forecast))
            return Sentence::tr("The kernel's window probe timer {0}; {1} attempts to send its data failed.", due,
                                c.timer.retransmits);
        return Sentence::tr("The kernel's window probe timer {0}; {1} probes went unanswered.", due,
                            c.timer.retransmits);
    case TimerKind::None:
    case TimerKind::DelayedAck:
        break;
    }
    return Sentence::tr("No timer of the kernel is running for it.");
}

Sentence word(Provenance from) {
    return Sentence::word(toString(from));
}

Sentence isOn(const KeepaliveOptions& o) {
    switch (o.enabled) {
    case Switch::On:
        return Sentence::tr("Keepalive is on ({0})", word(o.enabledFrom));
    case Switch::Off:
        return Sentence::tr("Keepalive is off ({0})", word(o.enabledFrom));
    case Switch::Unknown:
        break;
    }
    return Sentence::tr("Keepalive is unknown ({0})", word(o.enabledFrom));
}

Sentence keepalive(const KeepaliveOptions& o) {
    Sentence text = isOn(o);
    if (o.enabled != Switch::Off)
        text = Sentence::tr("{0}: {1}", text,
                            listOf({Sentence::tr("idle {0} s ({1})", o.idleSeconds, word(o.idleFrom)),
                                    Sentence::tr("interval {0} s ({1})", o.intervalSeconds, word(o.intervalFrom)),
                                    Sentence::tr("probes {0} ({1})", o.probes, word(o.probesFrom))}));
    if (o.userTimeoutFrom == Provenance::Exact || o.userTimeout.count() > 0)
        text = clausesOf(
            {text, Sentence::tr("user timeout {0} ({1})", userTimeoutText(o.userTimeout), word(o.userTimeoutFrom))});
    return Sentence::tr("{0}.", text);
}

Sentence nextTried(const Forecast& f) {
    const Sentence when = momentClause(f.next, isGuess(f));
    switch (f.nextEvent) {
    case NextEvent::KeepaliveProbe:
        return Sentence::tr("The kernel tries to send the next keepalive probe {0}.", when);
    case NextEvent::Retransmission:
    case NextEvent::WindowProbe: // of data that could not be sent the kernel keeps the window probe's timer
        return Sentence::tr("The kernel tries to send its data again {0}.", when);
    case NextEvent::Syn:
        return Sentence::tr("The kernel tries to send the next SYN {0}.", when);
    case NextEvent::SynAck:
        return Sentence::tr("The kernel tries to send the next SYN-ACK {0}.", when);
    case NextEvent::GiveUp:
    case NextEvent::None:
        break;
    }
    return {};
}

Sentence next(const Forecast& f) {
    if (nothingLeaves(f.conditions))
        return nextTried(f);
    const Sentence when = momentClause(f.next, isGuess(f));
    switch (f.nextEvent) {
    case NextEvent::KeepaliveProbe:
        return Sentence::tr("The next keepalive probe goes out {0}.", when);
    case NextEvent::Retransmission:
        return Sentence::tr("The next retransmission goes out {0}.", when);
    case NextEvent::WindowProbe:
        return Sentence::tr("The next window probe goes out {0}.", when);
    case NextEvent::Syn:
        return Sentence::tr("The next SYN goes out {0}.", when);
    case NextEvent::SynAck:
        return Sentence::tr("The next SYN-ACK goes out {0}.", when);
    case NextEvent::GiveUp:
    case NextEvent::None:
        break;
    }
    return {};
}

Sentence causeWords(GiveUpCause cause) {
    switch (cause) {
    case GiveUpCause::Keepalive:
        return Sentence::tr("all keepalive probes unanswered");
    case GiveUpCause::KeepaliveUserTimeout:
        return Sentence::tr("its user timeout is over while keepalive probes are unanswered");
    case GiveUpCause::Retries:
        return Sentence::tr("retransmissions unanswered (tcp_retries2)");
    case GiveUpCause::UserTimeout:
        return Sentence::tr("its user timeout is over with data unacknowledged");
    case GiveUpCause::OrphanRetries:
        return Sentence::tr("no process holds it and its retransmissions are unanswered (tcp_orphan_retries)");
    case GiveUpCause::WindowProbe:
        return Sentence::tr("window probes unanswered");
    case GiveUpCause::WindowProbeUserTimeout:
        return Sentence::tr("its user timeout is over with the peer's window closed");
    case GiveUpCause::SynRetries:
        return Sentence::tr("the SYN is never answered (tcp_syn_retries)");
    case GiveUpCause::SynAckRetries:
        return Sentence::tr("the SYN-ACK is never answered (tcp_synack_retries)");
    case GiveUpCause::FinWait2:
        return Sentence::tr("the peer's FIN does not come (tcp_fin_timeout)");
    case GiveUpCause::TimeWait:
        return Sentence::tr("TIME-WAIT is over");
    case GiveUpCause::MptcpClose:
        return Sentence::tr("no subflow is made in time (net.mptcp.close_timeout)");
    case GiveUpCause::None:
        break;
    }
    return {};
}

Sentence end(const Row& row) {
    const Forecast& f = row.forecast;
    if (isWithoutProbesAsAssumed(f))
        return Sentence::tr("If its number of probes is tcp_keepalive_probes, 0, the kernel ends it {0}, whether the "
                            "peer answers or not.",
                            momentClause(f.shownEnd(), isGuess(f)));
    if (f.conditions.has(Condition::NoProbes))
        return Sentence::tr("The kernel ends it {0}, whether the peer answers or not: tcp_keepalive_probes is 0.",
                            momentClause(f.shownEnd(), isGuess(f)));
    if (endsOrderly(f.cause))
        return Sentence::tr("It ends {0}: {1}.", momentClause(f.shownEnd(), isGuess(f)), causeWords(f.cause));
    if (f.cause != GiveUpCause::None && isUnsendable(f))
        return Sentence::tr("As long as that lasts the kernel gives it up {0}: its data cannot be sent.",
                            momentClause(f.shownEnd(), isGuess(f)));
    if (f.cause != GiveUpCause::None)
        return Sentence::tr("If the peer stays silent the kernel gives it up {0}: {1}.",
                            momentClause(f.shownEnd(), isGuess(f)), causeWords(f.cause));
    if (f.never && f.conditions.has(Condition::LocalDrop))
        return Sentence::tr(
            "As long as that lasts nothing in the kernel will end it: probes that do not leave are not counted.");
    if (f.never && f.conditions.has(Condition::ConnectDeferred))
        return Sentence::tr("Nothing in the kernel will end it before the program writes.");
    if (f.never)
        return Sentence::tr("Nothing in the kernel will ever end it: if the peer vanished, no one would notice.");
    return {};
}

/// The error that the program will get where the path is what fails; data in flight alone remembers it
/// (tcp_write_err()).
Sentence errorOfTheProgram(const Row& row) {
    const Forecast& f = row.forecast;
    const bool inFlight = f.regime == Regime::Retransmission || f.regime == Regime::Syn;
    if (!inFlight || f.cause == GiveUpCause::None || row.connection.inode == 0)
        return {};
    if (f.conditions.has(Condition::UnreachableNeighbour))
        return Sentence::tr("Its program will get EHOSTUNREACH.");
    return {};
}

/// The word and what it means for this very connection.
Sentence diagnosisOf(const Row& row) {
    const Conditions& holds = row.forecast.conditions;
    const Connection& c = row.connection;
    if (c.state == State::Bound)
        return Sentence::tr("It is opening: its program has given it an address, and it is not connected.");
    if (c.state == State::Close && row.diagnosis == Diagnosis::Abandoned)
        return Sentence::tr("It is abandoned: its connection has ended, and its program still has it open.");
    if (row.diagnosis == Diagnosis::Active && c.nothingQueued() && hasSentData(c) == false &&
        hasReceivedData(c) == false)
        return Sentence::tr("It is active: it was opened within the last 5 s, and has moved no data yet.");
    if (row.diagnosis != Diagnosis::Unguarded)
        return meaning(row.diagnosis);
    if (isWithoutProbesAsAssumed(row.forecast))
        return Sentence::tr("It is unguarded, if its number of probes is tcp_keepalive_probes, 0: then it never asks "
                            "whether the peer is there.");
    if (holds.has(Condition::NoProbes))
        return Sentence::tr(
            "It is unguarded: keepalive is on without a single probe, so it never asks whether the peer is there.");
    if (holds.has(Condition::LocalDrop))
        return Sentence::tr("It is unguarded: keepalive is on, but its probes do not leave this machine.");
    if (row.connection.state == State::FinWait2)
        return Sentence::tr("It is unguarded: this side has closed its half, and no mechanism of the kernel will ever "
                            "notice that the peer is gone.");
    return meaning(row.diagnosis);
}

std::vector<Sentence> marked(const std::vector<std::string>& words) {
    std::vector<Sentence> sentences;
    for (const std::string& one : words)
        sentences.push_back(Sentence::word(one));
    return sentences;
}

void addAssumptions(const Forecast& f, std::vector<Sentence>& text) {
    if (const auto values = assumptions(f.assumes & assume::kValues); !values.empty())
        text.push_back(Sentence::tr("Taken for granted: {0}.", clausesOf(marked(values))));
    if (const auto events = assumptions(f.assumes & ~assume::kValues); !events.empty())
        text.push_back(Sentence::tr("This holds as long as {0}.", listOf(marked(events))));
}

/// Since when nobody reads, once that is a fact.
Sentence unread(const Row& row, const Frame& frame) {
    const auto time = frame.unreadFor(row);
    if (!time || !row.forecast.conditions.has(Condition::NobodyReads))
        return {};
    return Sentence::tr("That data has waited unread for at least {0}.", durationSentence(*time));
}

Sentence signs(const Row& row) {
    const Connection& c = row.connection;
    if (!c.info.present() || (!c.sentAge() && !c.receivedAge() && !c.ackAge()))
        return {};
    std::vector<Sentence> told;
    if (const auto age = dataReceivedAge(c))
        told.push_back(Sentence::tr("Last data received {0} ago", durationSentence(wholeAge(*age))));
    else if (hasReceivedData(c) == false)
        told.push_back(Sentence::tr("No data was ever received"));
    if (const auto age = dataSentAge(c))
        told.push_back(told.empty() ? Sentence::tr("Last data sent {0} ago", durationSentence(wholeAge(*age)))
                                    : Sentence::tr("last data sent {0} ago", durationSentence(wholeAge(*age))));
    else if (hasSentData(c) == false)
        told.push_back(told.empty() ? Sentence::tr("No data was ever sent") : Sentence::tr("no data was ever sent"));
    if (const auto age = c.ackAge())
        told.push_back(told.empty() ? Sentence::tr("Last acknowledgement {0} ago", durationSentence(wholeAge(*age)))
                                    : Sentence::tr("last acknowledgement {0} ago", durationSentence(wholeAge(*age))));
    if (told.empty())
        return {};
    return Sentence::tr("{0}; round trip {1}.", listOf(told), roundTripText(c.info.rttUs));
}

Sentence unanswered(const Forecast& f) {
    if (f.unanswered == 0 || isUnsendable(f)) // the timer's sentence has told
        return {};
    return f.hasAllowed ? Sentence::tr("{0} of {1} are unanswered.", f.unanswered, f.allowed)
                        : Sentence::tr("{0} are unanswered.", f.unanswered);
}

} // namespace

Sentence meaning(Diagnosis diagnosis) {
    switch (diagnosis) {
    case Diagnosis::Listening:
        return Sentence::tr("It is listening: it waits for connections.");
    case Diagnosis::Opening:
        return Sentence::tr("It is opening: the handshake is not complete.");
    case Diagnosis::Abandoned:
        return Sentence::tr("It is abandoned: the peer has closed, the program has not.");
    case Diagnosis::Closing:
        return Sentence::tr("It is closing: it is on its way out.");
    case Diagnosis::Suspect:
        return Sentence::tr("It is suspect: at least one probe or retransmission is unanswered.");
    case Diagnosis::Stalled:
        return Sentence::tr("It is stalled: the peer is there but takes no data (its window is zero).");
    case Diagnosis::Active:
        return Sentence::tr("It is active: data is in flight or moved within the last 5 s.");
    case Diagnosis::Guarded:
        return Sentence::tr("It is guarded: if the peer vanished, keepalive would notice.");
    case Diagnosis::Unguarded:
        return Sentence::tr("It is unguarded: no mechanism of the kernel will ever notice that this peer is gone.");
    }
    return {};
}

std::vector<Sentence> explain(const Row& row, const Frame& frame) {
    const Forecast& f = row.forecast;
    std::vector<Sentence> text{what(row, frame), diagnosisOf(row), ownersText(row, frame)};
    const auto add = [&](Sentence sentence) {
        if (!sentence.empty())
            text.push_back(std::move(sentence));
    };
    add(elsewhere(frame.netnsOf(row)));
    for (const Condition condition : f.conditions.list())
        add(sentenceOf(condition, f));
    add(mptcpSentence(row, frame));
    add(unread(row, frame));
    add(signs(row));
    add(timer(row));
    if (!row.connection.isMini() && row.connection.state != State::Listen)
        add(keepalive(row.options));
    add(userTimeoutEffect(row));
    add(trackingSentence(row, frame));
    if (row.unread != ReadRefusal::None)
        add(Sentence::tr("Its own options could not be read. {0}", sentenceOf(row.unread)));
    add(unanswered(f));
    add(next(f));
    add(end(row));
    add(errorOfTheProgram(row));
    if (f.cause != GiveUpCause::None && !frame.clockOf(row).phaseKnown())
        add(Sentence::tr(
            "The phase of the kernel's timer wheel is not known, so times are given as earliest to latest."));
    addAssumptions(f, text);
    return text;
}

} // namespace halfopen
