// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/condition.h"
#include "core/model/units.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// Which mechanism of the kernel has the connection now and will end it if the peer stays silent.
enum class Regime : std::uint8_t {
    None,
    Keepalive,
    Retransmission,
    WindowProbe,
    Syn,
    SynAck,
    FinWait2,
    TimeWait,
    Orphan,
    MptcpClose, ///< an MPTCP connection without a subflow
};

/// What the kernel does when the timer fires next.
enum class NextEvent : std::uint8_t { None, KeepaliveProbe, Retransmission, WindowProbe, Syn, SynAck, GiveUp };

/// Which limit is reached when the kernel gives up: a count of tries, a time of the user's, or the timer of a state.
enum class GiveUpCause : std::uint8_t {
    None,
    Keepalive,
    KeepaliveUserTimeout,
    Retries,
    UserTimeout,
    OrphanRetries,
    WindowProbe,
    WindowProbeUserTimeout,
    SynRetries,
    SynAckRetries,
    FinWait2,
    TimeWait,
    MptcpClose,
};

std::string_view toString(Regime regime); ///< the words of the JSON contract: "keepalive", "syn-ack", "fin-wait-2", ...
std::string_view toString(NextEvent event);   ///< "keepalive-probe", "give-up", ...; "none"
std::string_view toString(GiveUpCause cause); ///< "keepalive-user-timeout", ...; "none"

/// The timer of a state ends the connection, which is no failure.
constexpr bool endsOrderly(GiveUpCause cause) {
    return cause == GiveUpCause::FinWait2 || cause == GiveUpCause::TimeWait || cause == GiveUpCause::MptcpClose;
}

/// Something is sent that could stay unanswered: elsewhere Forecast::unanswered means nothing.
constexpr bool countsTries(Regime regime) {
    return regime != Regime::None && regime != Regime::TimeWait && regime != Regime::FinWait2 &&
           regime != Regime::MptcpClose;
}

/// A moment as milliseconds from Connection::sampled: earliest <= expected <= latest; all equal where the phase is
/// known.
struct Moment {
    Millis expected{0};
    Millis earliest{0};
    Millis latest{0};

    bool exact() const { return earliest == latest; }
    bool operator==(const Moment&) const = default;
};

/// What a forecast took for granted, as bits; assumptions() names them. The first group is values that were not read,
/// the second what must not happen: a promise is kept, or one of these was seen to have happened.
namespace assume {
enum : std::uint32_t {
    KeepaliveTime = 1 << 0,       ///< tcp_keepalive_time from sysctl
    KeepaliveInterval = 1 << 1,   ///< tcp_keepalive_intvl from sysctl
    KeepaliveProbes = 1 << 2,     ///< tcp_keepalive_probes from sysctl
    UserTimeout = 1 << 3,         ///< no TCP_USER_TIMEOUT
    KeepaliveHidden = 1 << 4,     ///< another timer hides whether keepalive is on
    IdleInferred = 1 << 5,        ///< TCP_KEEPIDLE inferred from samples
    IntervalInferred = 1 << 6,    ///< TCP_KEEPINTVL inferred from samples
    FirstRetransmission = 1 << 7, ///< when the first retransmission went out was reconstructed
    SocketDefaults = 1 << 8,      ///< TCP_SYNCNT, TCP_DEFER_ACCEPT, TCP_LINGER2, TCP_RTO_MAX_MS not set
    TailLossProbe = 1 << 9,       ///< the next retransmission is a tail loss probe, so the timeouts begin one later
    ListenerOptions = 1 << 10,    ///< what the listener has now is what it had at the handshake

    PeerSilent = 1 << 11,       ///< the peer stays silent
    ProgramIdle = 1 << 12,      ///< the program sends nothing, closes nothing and changes no option
    NoLocalDrop = 1 << 13,      ///< this machine's own queue drops nothing
    NoIcmpError = 1 << 14,      ///< no ICMP error comes
    NeighbourAnswers = 1 << 15, ///< the next hop goes on answering ARP or neighbour discovery
    WindowStays = 1 << 16,      ///< the peer's window stays as it is
    ListenerIdle = 1 << 17,     ///< SYN queue at most half full, no repeated SYN
    ListenerStays = 1 << 18,    ///< the listener stays open
    ClientWaits = 1 << 19,      ///< TCP_DEFER_ACCEPT: the client sends no data
    NoOrphanPressure = 1 << 20, ///< orphans stay below tcp_max_orphans and tcp_mem
    MachineAwake = 1 << 21,     ///< this machine does not sleep
    ConditionStays = 1 << 22,   ///< what holds now (Forecast::conditions) goes on

    SettingsUnread = 1 << 23, ///< a setting that could not be read is the kernel's default
};
/// Those that say that a value was not read: what rests on them is shown as assumed.
inline constexpr std::uint32_t kValues = ((1U << 11) - 1) | SettingsUnread;
} // namespace assume

/// What the kernel will do to one connection if its peer stays silent: a promise. What it tells happens between
/// `earliest` and `latest`, or something that `assumes` names came between. 36 bytes.
struct Forecast {
    Moment next;                    ///< meaningful unless nextEvent is None
    Moment givesUp;                 ///< meaningful unless cause is None
    Conditions conditions;          ///< what holds at the sample beyond a silent peer, and facts
    std::uint32_t assumes : 24 = 0; ///< assume:: bits
    Regime regime : 4 = Regime::None;
    GiveUpCause cause : 4 = GiveUpCause::None;
    std::uint16_t allowed = 0;   ///< probes or retransmissions the kernel allows; meaningful with hasAllowed
    std::uint8_t unanswered = 0; ///< probes, retransmissions, SYNs or SYN-ACKs sent since the last sign of life
    NextEvent nextEvent : 3 = NextEvent::None; ///< the next thing on the wire or to the connection, not the next timer
                                               ///< interrupt
    bool hasAllowed : 1 = false;               ///< false where a time and not a count decides
    bool never : 1 = false;                    ///< no mechanism of the kernel is running that could end this connection
    bool exactPhase : 1 = false;               ///< the timer wheel's phase was known
    /// `givesUp.expected` is exact under `assumes`, though the promise is a band that less can break: show the point.
    bool endIsPoint : 1 = false;

    /// The end as it is to be shown: a point where it is one under `assumes`, else the band.
    Moment shownEnd() const {
        return endIsPoint ? Moment{givesUp.expected, givesUp.expected, givesUp.expected} : givesUp;
    }

    bool operator==(const Forecast&) const = default;
};

/// One moment of the time line of a connection, for drawing: every event from the next one to the give-up.
struct TimelineEvent {
    NextEvent event = NextEvent::None;
    Moment at;
    std::uint16_t ordinal = 0; ///< which probe or retransmission it is, from 1, those already sent counted; 0: give-up
};

/// The bits as the sentences of the JSON contract, e.g. "tcp_keepalive_time from sysctl".
std::vector<std::string> assumptions(std::uint32_t bits);

/// Values that were not read decide about it: its times are told with "~".
inline bool isGuess(const Forecast& forecast) {
    return (forecast.assumes & assume::kValues) != 0;
}

} // namespace halfopen
