// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/advice.h"

#include "core/format/condition_text.h"
#include "core/query/zoned_address.h"
#include "ui/look/duration_text.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"

#include <QCoreApplication>

namespace halfopen {

namespace {

struct AdviceText {
    Q_DECLARE_TR_FUNCTIONS(Advice)
};

QString remoteOf(const Subject& subject) {
    return fromCore(subject.frame->remoteOf(*subject.row));
}

QString addressOf(const Endpoint& endpoint) {
    return fromCore(endpoint.address.toString());
}

Advice onlyText(const QString& text) {
    return {text};
}

/// The way to the peer, with what the connection itself sends: SYNs to its port.
Advice lookAtTheWay(const Subject& subject, const QString& text) {
    const auto& remote = subject.row->connection.remote;
    return {text, Verb::CopyCommand, AdviceText::tr("Copy traceroute"),
            QStringLiteral("traceroute -T -p %1 %2")
                .arg(remote.port)
                .arg(fromCore(typedAddress(*subject.frame, *subject.row, remote.address)))};
}

/// To be run on the peer: this connection as it sees it.
Advice lookAtThePeer(const Subject& subject, const QString& text) {
    return {text, Verb::CopyCommand, AdviceText::tr("Copy ss for the Peer"),
            QStringLiteral("ss -tnpoi src %1 and dst %2")
                .arg(remoteOf(subject), fromCore(subject.frame->localOf(*subject.row)))};
}

Advice close(const QString& text) {
    return {text, Verb::Close, AdviceText::tr("Close...")};
}

Advice showProgram(const Subject& subject, const QString& text) {
    if (subject.frame->ownersOf(*subject.row).empty())
        return onlyText(text);
    return {text, Verb::ShowProgram, AdviceText::tr("Show All of This Program")};
}

Advice suspect(const Subject& subject, MonotonicTime now) {
    const Row& row = *subject.row;
    if (row.forecast.cause == GiveUpCause::None)
        return close(
            AdviceText::tr("The kernel will not decide this. Close it, and its program gets an error at once."));
    const auto end = row.forecast.shownEnd();
    const auto left = countdownSentence(end, row.connection.sampled, now, isGuess(row.forecast));
    if (!subject.frame->live)
        return onlyText(AdviceText::tr("The kernel decides %1.").arg(left));
    return close(
        AdviceText::tr("Wait: the kernel decides at %1 (%2). Or close it now: its program gets an error at once.")
            .arg(wallText(end, row.connection.sampled, subject.frame->presentOf(row, MonotonicClock::now())), left));
}

Advice opening(const Subject& subject) {
    switch (subject.row->connection.state) {
    case State::Bound:
        return onlyText(AdviceText::tr("Nothing to do: its program has not gone on yet."));
    case State::SynSent:
        if (subject.row->forecast.unanswered == 0)
            return onlyText(AdviceText::tr("Nothing to do yet: the peer's answer is under way."));
        return lookAtTheWay(subject,
                            AdviceText::tr("The peer does not answer the SYN: its host, a firewall or the port."));
    default:
        return lookAtTheWay(subject,
                            AdviceText::tr("The client does not finish the handshake: it is gone, or it only knocks."));
    }
}

Advice byDiagnosis(const Subject& subject, MonotonicTime now) {
    switch (subject.row->diagnosis) {
    case Diagnosis::Suspect:
        return suspect(subject, now);
    case Diagnosis::Unguarded:
        return {AdviceText::tr("Nobody will notice if the peer is gone."), Verb::TurnOn,
                AdviceText::tr("Turn Keepalive On...")};
    case Diagnosis::Stalled:
        return lookAtThePeer(subject, AdviceText::tr("The peer is alive and reads nothing: look there."));
    case Diagnosis::Abandoned:
        return showProgram(subject,
                           AdviceText::tr("A fault of its program, which does not close: restart it, or close these."));
    case Diagnosis::Opening:
        return opening(subject);
    case Diagnosis::Guarded:
        return {AdviceText::tr("Nothing to do: the kernel asks the peer by itself. A firewall that forgets idle "
                               "connections sooner needs a shorter idle time."),
                Verb::Tuning, AdviceText::tr("Tuning")};
    case Diagnosis::Closing:
        return onlyText(AdviceText::tr("Nothing to do: it ends by itself."));
    case Diagnosis::Active:
        return onlyText(AdviceText::tr("Nothing to do: data moves."));
    case Diagnosis::Listening:
        break;
    }
    return showProgram(subject, AdviceText::tr("Nothing to do: it waits for connections."));
}

/// Nothing where the diagnosis says enough.
Advice byCondition(const Subject& subject) {
    const Conditions& holds = subject.row->forecast.conditions;
    if (holds.has(Condition::UnreachableNeighbour))
        return {AdviceText::tr("Look at the next hop: its cable, its address, its ARP or neighbour entry."),
                Verb::CopyCommand, AdviceText::tr("Copy ip neigh"),
                QStringLiteral("ip route get %1; ip neigh").arg(addressOf(subject.row->connection.remote))};
    if (holds.has(Condition::LocalRefuse) || holds.has(Condition::InterfaceGone))
        return {AdviceText::tr("Look at this machine's routes, addresses and firewall."), Verb::CopyCommand,
                AdviceText::tr("Copy ip route get"),
                QStringLiteral("ip route get %1; ip address").arg(addressOf(subject.row->connection.remote))};
    if (holds.has(Condition::LocalDrop) || holds.has(Condition::NotLeaving))
        return {AdviceText::tr("Look at the queue of the outgoing interface: it drops or keeps what is sent."),
                Verb::CopyCommand, AdviceText::tr("Copy tc qdisc"), QStringLiteral("tc -s qdisc")};
    if (holds.has(Condition::IcmpRevert))
        return lookAtTheWay(subject, AdviceText::tr("A router says that the peer cannot be reached: look at the way."));
    if (holds.has(Condition::ClosedWindow))
        return lookAtThePeer(subject, AdviceText::tr("The peer's program does not read: look there."));
    if (holds.has(Condition::NoProbes))
        return {isWithoutProbesAsAssumed(subject.row->forecast)
                    ? AdviceText::tr("Keepalive may have no probe here: set at least one.")
                    : AdviceText::tr("Keepalive without a probe ends it when it has been idle: set at least one."),
                Verb::Change, AdviceText::tr("Change...")};
    if (holds.has(Condition::OwnerStopped))
        return showProgram(subject, AdviceText::tr("Its program is stopped or frozen: let it go on, or end it."));
    if (holds.has(Condition::NobodyReads))
        return showProgram(subject, AdviceText::tr("Its program does not read what came: look at what it is doing."));
    if (holds.has(Condition::AcceptQueueFull))
        return showProgram(subject, AdviceText::tr("Its program accepts too slowly, or its backlog is too short."));
    if (holds.has(Condition::SynQueuePressure))
        return onlyText(
            AdviceText::tr("Many clients do not finish the handshake: a flood, or a way that loses SYN-ACKs."));
    if (holds.has(Condition::OrphanPressure))
        return onlyText(AdviceText::tr("Look at tcp_max_orphans and tcp_mem, and at who closes with data unsent."));
    return {};
}

} // namespace

Advice adviceFor(const Subject& subject, MonotonicTime now) {
    const auto special = byCondition(subject);
    return special.text.isEmpty() ? byDiagnosis(subject, now) : special;
}

Advice adviceForLater(const Subject& subject) {
    const Row& row = *subject.row;
    if (row.diagnosis != Diagnosis::Unguarded || row.connection.cgroup == 0 || !subject.frame->isHere())
        return {};
    return {{}, Verb::Guard, AdviceText::tr("Guard New Ones...")};
}

} // namespace halfopen
