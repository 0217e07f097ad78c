// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/forecast/context.h"
#include "core/forecast/wheel.h"

namespace halfopen::regime {

/// What a sample tells of data or a FIN in flight.
struct InFlight {
    Jiffies expires;
    Jiffies rto;     ///< current, backoff included; at least 1
    Jiffies longest; ///< the maximum of rto
    Jiffies userTimeout;
    int retransmits;
    bool orphan;
    Span since; ///< since the first retransmission; meaningless before it
};

InFlight readInFlight(const Context& context);

/// Kernels from 6.7 tell how long ago the first retransmission of a socket's only recovery went out.
bool tellsSince(const TcpInfo& info);

/// Since the last transmission: by the age of the last data where that fits the timer (a FIN alone leaves no age), else
/// by the timer.
Jiffies sinceLast(const Context& context, const InFlight& flight);

/// Since the first of `rungs` retransmissions, told by the kernel or reckoned from the backoff.
Span sinceFirst(const Context& context, const InFlight& flight, int rungs);

} // namespace halfopen::regime
