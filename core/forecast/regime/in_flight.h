// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/forecast/context.h"
#include "core/forecast/wheel.h"
#include "core/model/condition.h"

namespace halfopen::regime {

/// What a sample tells of data or a FIN in flight.
struct InFlight {
    Jiffies expires;
    Jiffies rto;     ///< current, backoff included; at least 1
    Jiffies longest; ///< the maximum of rto
    Jiffies userTimeout;
    Jiffies sent; ///< since the last transmission, or the last attempt at one
    int retransmits;
    int backoff;
    bool orphan;
    bool dated;   ///< tcpi_last_data_sent dates what is in flight: payload is, and the timer runs
    bool stamped; ///< something has been retransmitted, so the limit counts from `since`
    Span since;   ///< age of tp->retrans_stamp: earliest is the youngest it can be; meaningless unless stamped
    Conditions conditions;
};

InFlight readInFlight(const Context& context);

/// What keeps what is in flight from reaching the peer, or its timeouts from doubling, as this sample and the look at
/// its path show it. One sample is enough because "last data sent" + "expires" is what the timer was armed for.
/// Source: net/ipv4/tcp_timer.c, tcp_retransmit_timer(); net/ipv4/tcp_ipv4.c, tcp_ld_RTO_revert().
Conditions conditionsOf(const Context& context, const InFlight& flight);

/// The timeout was cut to the maximum, and no sample before has shown it whole: then it began with any from
/// firstTimeout() to the maximum.
bool isFirstTimeoutHidden(const Context& context, const InFlight& flight);

/// The timeout before any backoff. One that was cut to the maximum no longer tells, but is not below what the RTT makes
/// of it (net/ipv4/tcp_input.c, tcp_rtt_estimator(), tcp_set_rto()).
Jiffies firstTimeout(const Context& context, const InFlight& flight);

/// Kernels from 6.7 tell how long ago the first timeout of the recovery that goes on retransmitted.
bool tellsSince(const Context& context);

/// Since the last transmission: by the age of the last data where that fits the timer (a FIN alone leaves no age), else
/// by the timer.
Jiffies sinceLast(const Context& context, const InFlight& flight);

/// Since the first of `rungs` retransmissions, told by the kernel or reckoned from the backoff.
Span sinceFirst(const Context& context, const InFlight& flight, int rungs);
/// The same reckoned from the backoff alone.
Span sinceFirstByBackoff(const Context& context, const InFlight& flight, int rungs);

/// tcpi_total_retrans of this flight alone, as far as that is known: of the socket's whole life else.
std::uint32_t retransmissionsOf(const Context& context);

} // namespace halfopen::regime
