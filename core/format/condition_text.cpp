// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/condition_text.h"

namespace halfopen {

namespace {

Sentence ofPath(Condition condition) {
    switch (condition) {
    case Condition::UnreachableNeighbour:
        return Sentence::tr("This machine cannot send: the next hop does not answer ARP or neighbour discovery.");
    case Condition::IcmpRevert:
        return Sentence::tr(
            "ICMP errors say that the peer cannot be reached; each one makes the kernel try again sooner.");
    case Condition::NotLeaving:
        return Sentence::tr(
            "The last attempt has not left this machine: it waits in a queue or for the next hop's address.");
    case Condition::LocalDrop:
        return Sentence::tr(
            "This machine drops what it sends itself: look at the queue of the outgoing interface (tc -s qdisc).");
    case Condition::LocalRefuse:
        return Sentence::tr(
            "This machine refuses to send: there is no route, its own address is gone, or a firewall forbids it.");
    default:
        return {};
    }
}

Sentence ofSocket(Condition condition) {
    switch (condition) {
    case Condition::Held:
        return Sentence::tr(
            "This side holds data back (Nagle's algorithm or TCP_CORK) and has not tried to send it yet.");
    case Condition::ThinLinear:
        return Sentence::tr("It is a thin stream: its first timeouts do not double, so it is given up sooner.");
    case Condition::RecoveryContinued:
        return Sentence::tr(
            "This loss began before the timeouts that are counted, so the end is nearer than their number says.");
    case Condition::ConnectDeferred:
        return Sentence::tr(
            "The program has asked for Fast Open: the SYN goes out with the first data that it writes.");
    case Condition::ToldEarly:
        return Sentence::tr(
            "The program asked to hear of ICMP errors at once (IP_RECVERR): it may give up before the kernel does.");
    case Condition::NoProbes:
        return Sentence::tr(
            "Its number of keepalive probes is 0: the kernel ends it when it has been idle, without asking the "
            "peer. "
            "Set at least 1.");
    case Condition::OptionsChanged:
        return Sentence::tr("Its timer does not fit the options last known: the program has changed them.");
    case Condition::MptcpSubflow:
        return Sentence::tr(
            "It is a subflow of an MPTCP connection: when it ends, the program's connection may go on.");
    case Condition::MptcpClosing:
        return Sentence::tr("It is an MPTCP connection without a subflow, which ends after net.mptcp.close_timeout.");
    case Condition::UpperLayer:
        return Sentence::tr(
            "The kernel runs a protocol on top of this socket (TLS or SMC), which may hold data of its own.");
    default:
        return {};
    }
}

Sentence ofPeerAndListener(Condition condition) {
    switch (condition) {
    case Condition::ClosedWindow:
        return Sentence::tr("The peer takes no more data while some is in flight: its program does not read.");
    case Condition::DeferredAccept:
        return Sentence::tr(
            "Its listener waits for the client's data (TCP_DEFER_ACCEPT); the handshake is not finished before.");
    case Condition::SynQueuePressure:
        return Sentence::tr(
            "The listener's queue of half-open connections is more than half full: SYN-ACKs are repeated less "
            "often.");
    case Condition::FastOpenPending:
        return Sentence::tr("It was opened with Fast Open, and its handshake is not finished.");
    case Condition::ListenerChanged:
        return Sentence::tr("Its listener has other options now than this connection waits with.");
    default:
        return {};
    }
}

Sentence ofMachineAndFacts(Condition condition) {
    switch (condition) {
    case Condition::OrphanPressure:
        return Sentence::tr(
            "This machine has nearly too many orphaned connections, or too much memory in their queues: the kernel "
            "ends them early.");
    case Condition::HostSuspended:
        return Sentence::tr(
            "This machine has slept since the sample before: what was forecast then comes later by that time.");
    case Condition::TicksLate:
        return Sentence::tr(
            "The sample was not taken on time, or the kernel counted its ticks late: moments are given as a range.");
    case Condition::AcceptQueueFull:
        return Sentence::tr(
            "As many connections wait to be accepted as may: further ones are not taken until its program accepts "
            "some.");
    case Condition::NobodyReads:
        return Sentence::tr("Data waits in its receive queue and its program does not read it.");
    case Condition::OwnerStopped:
        return Sentence::tr(
            "Every process that owns it is stopped or frozen: it reads and writes nothing until one continues.");
    case Condition::InterfaceGone:
        return Sentence::tr(
            "The interface that it is bound to does not exist any more: nothing can be sent or received.");
    case Condition::LockedByProgram:
        return Sentence::tr(
            "Its program waits in a system call and holds the lock of its socket: nothing is sent or received, and no "
            "option can be changed, until it goes on.");
    default:
        return {};
    }
}

} // namespace

Sentence sentenceOf(Condition condition) {
    for (const auto find : {ofPath, ofSocket, ofPeerAndListener, ofMachineAndFacts})
        if (const auto sentence = find(condition); !sentence.empty())
            return sentence;
    return {};
}

bool isWithoutProbesAsAssumed(const Forecast& forecast) {
    return forecast.conditions.has(Condition::NoProbes) && (forecast.assumes & assume::KeepaliveProbes) != 0;
}

Sentence sentenceOf(Condition condition, const Forecast& forecast) {
    if (condition == Condition::NoProbes && isWithoutProbesAsAssumed(forecast))
        return Sentence::tr("The system's number of keepalive probes is 0: if this connection's is, too, the kernel "
                            "ends it when it has been idle, without asking the peer. Set at least 1.");
    return sentenceOf(condition);
}

void appendWords(std::string& to, Conditions conditions) {
    if (conditions.empty())
        return;
    const char* gap = "";
    for (const Condition condition : conditions.list()) {
        to += gap;
        to += toString(condition);
        gap = ",";
    }
}

Sentence namesOf(Conditions conditions) {
    std::vector<Sentence> names;
    for (const Condition condition : conditions.list())
        names.push_back(Sentence::word(toString(condition)));
    return listOf(names);
}

} // namespace halfopen
