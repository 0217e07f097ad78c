// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace halfopen {

/// How a connection ended, in one word. "Local" is this machine's side, "remote" the peer's.
enum class Ending : std::uint8_t {
    Unknown,               ///< what was seen fits more than one ending
    ClosedLocalFirst,      ///< in order; the FIN of this side came first
    ClosedRemoteFirst,     ///< in order; the peer's FIN came first
    ClosedTogether,        ///< in order; the FINs crossed (CLOSING was seen)
    Reset,                 ///< an RST, received or sent, and no timeout: no FIN of both sides came through
    KeepaliveExhausted,    ///< tcp_keepalive_probes (TCP_KEEPCNT) probes unanswered
    UserTimeout,           ///< TCP_USER_TIMEOUT passed without an answer
    RetransmissionTimeout, ///< data unanswered after tcp_retries2
    WindowProbesExhausted, ///< probes of a closed window unanswered
    SynRefused,            ///< the peer, or a router, refused the connection before the kernel gave up
    SynTimedOut,           ///< SYNs (or SYN-ACKs, in SYN-RECV) unanswered until the kernel gave up
    ClosedByHalfopen,      ///< Halfopen closed it, because a person asked
    TimeWaitOver,          ///< closed in order before; its TIME-WAIT is over
    FinWait2Over,          ///< closed by this side; the peer's FIN did not come in time
    OrphanGivenUp,         ///< its program had closed it; what was left unanswered was given up
    ListenerClosed,
    MptcpClosed, ///< an MPTCP connection that had lost its last subflow; its program gets no error
};
inline constexpr std::size_t kEndingCount = 17;

/// "closed-local-first", "keepalive-exhausted", ...: the words of JSON, archive and filters.
std::string_view toString(Ending ending);
/// The inverse; nullopt for any other word.
std::optional<Ending> parseEnding(std::string_view word);
/// For a person, without a dot: "keepalive exhausted", "closed in order, the peer first".
std::string_view describe(Ending ending);
/// The kernel gave the connection up because something stayed unanswered.
bool isGivenUp(Ending ending);

/// Endings that mean the same to whoever looks for trouble.
enum class EndingKind : std::uint8_t {
    TimedOut,   ///< isGivenUp()
    Reset,      ///< by an RST, of either side
    Refused,    ///< never opened
    ByHalfopen, ///< a person asked for it
    InOrder,    ///< by FINs, and what closes without a peer: listeners
    Unknown,
};
inline constexpr std::size_t kEndingKindCount = 6;
EndingKind kindOf(Ending ending);
/// "timed-out", "reset", "refused", "by-halfopen", "in-order", "unknown": the words of filters.
std::string_view toString(EndingKind kind);

/// How far the ending is known; never is a guess shown as a fact.
enum class Confidence : std::uint8_t {
    Certain, ///< what was seen fits nothing else
    Likely,  ///< it fits best, but another ending would have looked the same
    Unknown, ///< several endings fit alike
};

std::string_view toString(Confidence confidence); ///< "certain", "likely", "unknown"
std::optional<Confidence> parseConfidence(std::string_view word);

} // namespace halfopen
