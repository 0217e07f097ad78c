// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/told_end.h"

#include <cerrno>

namespace halfopen {

namespace {

bool isOpening(State state) {
    return state == State::SynSent || state == State::SynRecv;
}

bool hasUnanswered(const DestroyEvent& event) {
    return event.connection.info.probes > 0 || event.connection.info.retransmits > 0;
}

/// tcp_write_err() says what ICMP had said before, if anything.
bool isTimeout(const DestroyEvent& event) {
    return event.error == ETIMEDOUT || (event.error == event.softError && hasUnanswered(event));
}

EndReason withoutError(const DestroyEvent& event) {
    if (hasUnanswered(event)) // also what memory runs out for is ended so (tcp_out_of_resources())
        return EndReason::Unknown;
    if (event.before == State::LastAck)
        return EndReason::LastAcknowledged;
    // A subflow of MPTCP may be closed so in order.
    const bool open = event.before == State::Established || event.before == State::CloseWait;
    return open && event.held ? EndReason::ThrownAway : EndReason::Unknown;
}

} // namespace

EndReason reasonOf(const DestroyEvent& event) {
    if (!event.errorTold)
        return EndReason::Unknown;
    if (event.error == 0)
        return withoutError(event);
    if (isTimeout(event))
        return EndReason::TimedOut;
    switch (event.error) {
    case ECONNABORTED:
        return EndReason::Aborted;
    case ECONNRESET:
        return EndReason::ResetByPeer;
    case EPIPE:
        return event.before == State::CloseWait ? EndReason::ResetByPeer : EndReason::Unknown;
    default: // of an open one it is only what ICMP said, and how it ended is another matter (IP_RECVERR)
        return isOpening(event.before) ? EndReason::Refused : EndReason::Unknown;
    }
}

Ending timedOutBy(const DestroyEvent& event, bool limited) {
    if (isOpening(event.before))
        return Ending::SynTimedOut;
    if (!event.held)
        return Ending::OrphanGivenUp;
    if (limited)
        return Ending::UserTimeout;
    if (event.connection.info.retransmits > 0 || event.connection.info.probes == 0)
        return Ending::RetransmissionTimeout;
    return event.connection.sendQueue > 0 ? Ending::WindowProbesExhausted : Ending::KeepaliveExhausted;
}

} // namespace halfopen
