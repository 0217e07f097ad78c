// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/explain.h"

#include "core/format/condition_text.h"
#include "core/format/duration.h"
#include "core/format/user_timeout.h"
#include "core/query/tracking.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace halfopen {

namespace {

std::string ownersText(const Row& row, const Frame& frame) {
    const auto& owners = frame.ownersOf(row);
    if (owners.empty())
        return inEnglish(
            sentenceOf(row.ownerUnknown == OwnerUnknown::Known ? OwnerUnknown::NotLookedUp : row.ownerUnknown));
    std::vector<std::string> names;
    for (const Owner& owner : owners)
        names.push_back(describe(owner));
    return fmt::format("Owned by {}.", fmt::join(names, ", "));
}

std::string what(const Row& row, const Frame& frame) {
    const Connection& c = row.connection;
    const std::string user(frame.userOf(row));
    if (c.state == State::Listen)
        return fmt::format("{} is a listener; {} connections wait to be accepted (backlog {}).", frame.localOf(row),
                           c.receiveQueue, c.sendQueue);
    if (c.state == State::Bound)
        return fmt::format("{} is bound: neither listening nor connected{}.", frame.localOf(row),
                           user.empty() ? "" : ", owned by user " + user);
    return fmt::format("{} to {} is {}{}.", frame.localOf(row), frame.remoteOf(row), toString(c.state),
                       user.empty() ? "" : ", owned by user " + user);
}

/// "" for a connection of one's own network namespace.
std::string elsewhere(const NetnsContext& netns) {
    switch (netns.tier) {
    case NetnsTier::Own:
        return {};
    case NetnsTier::Public:
        return fmt::format("It lives in the network namespace {} and is told as anybody may see it: without tcp_info, "
                           "and with the kernel's default settings assumed.",
                           netns.name);
    case NetnsTier::Mine:
    case NetnsTier::Asked:
        break;
    }
    return fmt::format("It lives in the network namespace {}.", netns.name);
}

std::string timer(const Connection& c) {
    const auto due = c.timer.expires.count() == 0 ? std::string("is due")
                                                  : "expires in " + longDuration(c.timer.expires) + " (nominally)";
    switch (c.timer.kind()) {
    case TimerKind::Retransmit:
        return fmt::format("The kernel's retransmission timer {}; {} retransmissions went unanswered.", due,
                           c.timer.retransmits);
    case TimerKind::Keepalive:
        if (c.upperLayer == UpperLayer::MptcpWithoutSubflow)
            return fmt::format("The kernel's MPTCP close timer {}.", due);
        return fmt::format("The kernel's {} timer {}.", c.isOrphan() ? "FIN-WAIT-2" : "keepalive", due);
    case TimerKind::TimeWait:
        return fmt::format("The kernel's {} timer {}.", c.state == State::TimeWait ? "TIME-WAIT" : "FIN-WAIT-2", due);
    case TimerKind::WindowProbe:
        return fmt::format("The kernel's window probe timer {}; {} probes went unanswered.", due, c.timer.retransmits);
    case TimerKind::None:
    case TimerKind::DelayedAck:
        break;
    }
    return "No timer of the kernel is running for it.";
}

std::string withProvenance(std::string_view name, std::string_view value, Provenance from) {
    return fmt::format("{} {} ({})", name, value, toString(from));
}

std::string keepalive(const KeepaliveOptions& o) {
    const std::string_view on = o.enabled == Switch::On ? "on" : o.enabled == Switch::Off ? "off" : "unknown";
    std::string sentence = fmt::format("Keepalive is {} ({})", on, toString(o.enabledFrom));
    if (o.enabled != Switch::Off)
        sentence += ": " + withProvenance("idle", fmt::format("{} s", o.idleSeconds), o.idleFrom) + ", " +
                    withProvenance("interval", fmt::format("{} s", o.intervalSeconds), o.intervalFrom) + ", " +
                    withProvenance("probes", fmt::format("{}", o.probes), o.probesFrom);
    if (o.userTimeoutFrom == Provenance::Exact || o.userTimeout.count() > 0)
        sentence += "; " + withProvenance("user timeout", userTimeoutText(o.userTimeout), o.userTimeoutFrom);
    return sentence + ".";
}

std::string_view eventWords(NextEvent event) {
    switch (event) {
    case NextEvent::KeepaliveProbe:
        return "The next keepalive probe goes out";
    case NextEvent::Retransmission:
        return "The next retransmission goes out";
    case NextEvent::WindowProbe:
        return "The next window probe goes out";
    case NextEvent::Syn:
        return "The next SYN goes out";
    case NextEvent::SynAck:
        return "The next SYN-ACK goes out";
    case NextEvent::GiveUp:
    case NextEvent::None:
        break;
    }
    return "The next thing to happen is the end,";
}

std::string_view causeWords(GiveUpCause cause) {
    switch (cause) {
    case GiveUpCause::Keepalive:
        return "all keepalive probes unanswered";
    case GiveUpCause::KeepaliveUserTimeout:
        return "its user timeout is over while keepalive probes are unanswered";
    case GiveUpCause::Retries:
        return "retransmissions unanswered (tcp_retries2)";
    case GiveUpCause::UserTimeout:
        return "its user timeout is over with data unacknowledged";
    case GiveUpCause::OrphanRetries:
        return "no process holds it and its retransmissions are unanswered (tcp_orphan_retries)";
    case GiveUpCause::WindowProbe:
        return "window probes unanswered";
    case GiveUpCause::WindowProbeUserTimeout:
        return "its user timeout is over with the peer's window closed";
    case GiveUpCause::SynRetries:
        return "the SYN is never answered (tcp_syn_retries)";
    case GiveUpCause::SynAckRetries:
        return "the SYN-ACK is never answered (tcp_synack_retries)";
    case GiveUpCause::FinWait2:
        return "the peer's FIN does not come (tcp_fin_timeout)";
    case GiveUpCause::TimeWait:
        return "TIME-WAIT is over";
    case GiveUpCause::MptcpClose:
        return "no subflow is made in time (net.mptcp.close_timeout)";
    case GiveUpCause::None:
        break;
    }
    return "";
}

std::string end(const Row& row) {
    const Forecast& f = row.forecast;
    if (f.conditions.has(Condition::NoProbes))
        return fmt::format("The kernel ends it {}, whether the peer answers or not: tcp_keepalive_probes is 0.",
                           longMoment(f.shownEnd()));
    if (endsOrderly(f.cause))
        return fmt::format("It ends {}: {}.", longMoment(f.shownEnd()), causeWords(f.cause));
    if (f.cause != GiveUpCause::None)
        return fmt::format("If the peer stays silent the kernel gives it up {}: {}.", longMoment(f.shownEnd()),
                           causeWords(f.cause));
    if (f.never && f.conditions.has(Condition::LocalDrop))
        return "As long as that lasts nothing in the kernel will end it: probes that do not leave are not counted.";
    if (f.never && f.conditions.has(Condition::ConnectDeferred))
        return "Nothing in the kernel will end it before the program writes.";
    if (f.never)
        return "Nothing in the kernel will ever end it: if the peer vanished, no one would notice.";
    return {};
}

/// The error that the program will get where the path is what fails; data in flight alone remembers it
/// (tcp_write_err()).
std::string errorOfTheProgram(const Row& row) {
    const Forecast& f = row.forecast;
    const bool inFlight = f.regime == Regime::Retransmission || f.regime == Regime::Syn;
    if (!inFlight || f.cause == GiveUpCause::None || row.connection.inode == 0)
        return {};
    if (f.conditions.has(Condition::UnreachableNeighbour))
        return "Its program will get EHOSTUNREACH.";
    return {};
}

/// The word and what it means for this very connection.
std::string diagnosisOf(const Row& row) {
    const Conditions& holds = row.forecast.conditions;
    if (row.connection.state == State::Bound)
        return "opening: its program has given it an address, and no connection yet.";
    if (row.diagnosis != Diagnosis::Unguarded)
        return std::string(meaning(row.diagnosis));
    if (holds.has(Condition::NoProbes))
        return "unguarded: keepalive is on without a single probe, so it never asks whether the peer is there.";
    if (holds.has(Condition::LocalDrop))
        return "unguarded: keepalive is on, but its probes do not leave this machine.";
    if (row.connection.state == State::FinWait2)
        return "unguarded: this side has closed its half, and no mechanism of the kernel will ever notice that the "
               "peer "
               "is gone.";
    return std::string(meaning(row.diagnosis));
}

void addAssumptions(const Forecast& f, std::vector<std::string>& text) {
    if (const auto values = assumptions(f.assumes & assume::kValues); !values.empty())
        text.push_back(fmt::format("Taken for granted: {}.", fmt::join(values, "; ")));
    if (const auto events = assumptions(f.assumes & ~assume::kValues); !events.empty())
        text.push_back(fmt::format("This holds as long as {}.", fmt::join(events, ", ")));
}

/// Since when nobody reads, once that is a fact.
std::string unread(const Row& row, const Frame& frame) {
    const auto time = frame.unreadFor(row);
    if (!time || !row.forecast.conditions.has(Condition::NobodyReads))
        return {};
    return fmt::format("That data has waited unread for at least {}.", longDuration(*time));
}

/// What the connection tracking of this machine makes of its silence.
std::string tracking(const Row& row, const Frame& frame) {
    const auto timeout = trackingTimeout(frame, row);
    if (!timeout)
        return {};
    const std::string forgets =
        fmt::format("Where this machine tracks it (conntrack), it forgets it after {} without a "
                    "packet",
                    longDuration(saturate(std::chrono::seconds(*timeout))));
    switch (raceOf(row.options, *timeout)) {
    case TrackingRace::NotKnown:
        break;
    case TrackingRace::TooLate:
        return forgets + "; no probe goes out before that: both ends would go on believing that it is open.";
    case TrackingRace::IfByDefault:
        return forgets + "; if its idle time is the system's, its first probe goes out before that.";
    case TrackingRace::InTime:
        return forgets + "; its first probe goes out before that.";
    }
    return forgets + "; whether probes go out is not known.";
}

std::string signs(const Row& row) {
    const Connection& c = row.connection;
    std::vector<std::string> told;
    const auto add = [&](std::string_view what, std::optional<Millis> age) {
        if (age)
            told.push_back(fmt::format("{} {} ago", what, longDuration(*age)));
    };
    add("last data received", c.receivedAge());
    add("last data sent", c.sentAge());
    add("last acknowledgement", c.ackAge());
    if (told.empty())
        return {};
    told.front()[0] = 'L';
    return fmt::format("{}; round trip {:.1f} ms.", fmt::join(told, ", "), c.info.rttUs / 1000.0);
}

} // namespace

std::string_view meaning(Diagnosis diagnosis) {
    switch (diagnosis) {
    case Diagnosis::Listening:
        return "listening: it waits for connections.";
    case Diagnosis::Opening:
        return "opening: the handshake is not complete.";
    case Diagnosis::Abandoned:
        return "abandoned: the peer has closed, the program has not.";
    case Diagnosis::Closing:
        return "closing: it is on its way out.";
    case Diagnosis::Suspect:
        return "suspect: at least one probe or retransmission is unanswered.";
    case Diagnosis::Stalled:
        return "stalled: the peer is there but takes no data (its window is zero).";
    case Diagnosis::Active:
        return "active: data is in flight or moved within the last 5 s.";
    case Diagnosis::Guarded:
        return "guarded: if the peer vanished, keepalive would notice.";
    case Diagnosis::Unguarded:
        return "unguarded: no mechanism of the kernel will ever notice that this peer is gone.";
    }
    return "";
}

std::vector<std::string> explain(const Row& row, const Frame& frame) {
    const Forecast& f = row.forecast;
    std::vector<std::string> text{what(row, frame), fmt::format("It is {}", diagnosisOf(row)), ownersText(row, frame)};
    const auto add = [&](std::string sentence) {
        if (!sentence.empty())
            text.push_back(std::move(sentence));
    };
    add(elsewhere(frame.netnsOf(row)));
    for (const Condition condition : f.conditions.list())
        add(inEnglish(sentenceOf(condition)));
    add(unread(row, frame));
    add(signs(row));
    add(timer(row.connection));
    if (!row.connection.isMini() && row.connection.state != State::Listen)
        add(keepalive(row.options));
    add(userTimeoutEffect(row));
    add(tracking(row, frame));
    if (row.unread != ReadRefusal::None)
        add(fmt::format("Its own options could not be read. {}", inEnglish(sentenceOf(row.unread))));
    if (f.unanswered > 0)
        add(f.hasAllowed ? fmt::format("{} of {} are unanswered.", f.unanswered, f.allowed)
                         : fmt::format("{} are unanswered.", f.unanswered));
    if (f.nextEvent != NextEvent::None && f.nextEvent != NextEvent::GiveUp)
        add(fmt::format("{} {}.", eventWords(f.nextEvent), longMoment(f.next)));
    add(end(row));
    add(errorOfTheProgram(row));
    if (f.cause != GiveUpCause::None && !frame.clockOf(row).phaseKnown())
        add("The phase of the kernel's timer wheel is not known, so times are given as earliest to latest.");
    addAssumptions(f, text);
    return text;
}

} // namespace halfopen
