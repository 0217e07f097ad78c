// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/forecast/context.h"
#include "core/forecast/schedule.h"
#include "core/model/forecast.h"

namespace halfopen::regime {

// One function per regime. Each tells the schedule of a silent connection and fills in what the schedule does not say:
// regime, unanswered, allowed, assumes. None of them allocates. The section of the formulas is named by the kernel's
// function.

/// Timer 2 outside FIN-WAIT-2 orphans. Source: net/ipv4/tcp_timer.c, tcp_keepalive_timer().
void keepalive(const Context& context, Forecast& forecast, Schedule& schedule);

/// Timer 1: data or a FIN in flight. Source: tcp_retransmit_timer(), tcp_write_timeout(),
/// tcp_clamp_rto_to_user_timeout().
void retransmission(const Context& context, Forecast& forecast, Schedule& schedule);

/// Timer 1 of a connection whose peer closed its window over data in flight. Source: tcp_rtx_probe0_timed_out().
void closedWindow(const Context& context, Forecast& forecast, Schedule& schedule);

/// Timer 4: data waits, nothing is in flight. Source: tcp_probe_timer(), tcp_send_probe0().
void windowProbe(const Context& context, Forecast& forecast, Schedule& schedule);

/// How long ago icsk_probes_tstamp was set, as the backoff of this sample tells.
Span sinceFirstProbe(const Context& context);

/// Timer 4 with an open window: data that Nagle or TCP_CORK held back goes out and is in flight from then on.
/// Source: tcp_write_wakeup().
void heldBack(const Context& context, Forecast& forecast, Schedule& schedule);

/// SYN-SENT. Source: tcp_write_timeout(), tcp_retransmit_timer().
void syn(const Context& context, Forecast& forecast, Schedule& schedule);

/// SYN-RECV, and FIN-WAIT-1 of a Fast Open connection that was closed before its handshake's last ACK came. Source:
/// net/ipv4/inet_connection_sock.c, reqsk_timer_handler().
void synAck(const Context& context, Forecast& forecast, Schedule& schedule);

/// FIN-WAIT-1 that nothing has ever acknowledged: a Fast Open connection, which goes on by its request's clock.
bool isFastOpenClosed(const Context& context);

/// FIN-WAIT-2 without a descriptor: a full socket (timer 2) or a timewait socket (timer 3). Source: tcp_fin_time(),
/// tcp_keepalive_timer(), tcp_time_wait().
void finWait2(const Context& context, Forecast& forecast, Schedule& schedule);

/// TIME-WAIT. Source: net/ipv4/inet_timewait_sock.c.
void timeWait(const Context& context, Forecast& forecast, Schedule& schedule);

/// An MPTCP connection that has lost its last subflow: it ends after net.mptcp.close_timeout unless a new one is made.
void mptcpClose(const Context& context, Forecast& forecast, Schedule& schedule);

} // namespace halfopen::regime
