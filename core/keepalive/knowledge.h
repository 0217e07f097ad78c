// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keepalive/evidence.h"
#include "core/model/connection.h"
#include "core/model/exact_facts.h"
#include "core/model/keepalive_options.h"
#include "core/model/tcp_sysctls.h"

namespace halfopen {

/// Fills in every value whose provenance is Assumed: what the socket would use if nobody had set it.
/// @param sysctls  of the socket's network namespace
void assumeFrom(const TcpSysctls& sysctls, KeepaliveOptions& options);

/// A setting has changed. A value that was inferred and equals what the setting was is taken for its own no longer: it
/// was the setting's, or will be read again off the timer. (Exact ones are read again.)
void demoteInferred(const TcpSysctls& before, KeepaliveOptions& options);

/// What is known of the options of one socket after this sample.
/// - Exact values are kept, except the switch where this sample shows the contrary (then it is Derived).
/// - The switch: Derived where the sample shows it; else what it was, as Inferred (Exact stays Exact); else Unknown,
///   Hidden.
/// - Idle and interval: Inferred where consecutive samples give them away, also where that equals the sysctl; kept from
///   then. Unanswered probes refute what is longer than they allow: then the longest that they do, Inferred.
/// - All else: Assumed, refreshed from the sysctls.
/// Pure, O(1), does not allocate; called for every row of every sample.
/// @param past  the sample before of the same cookie and what was known then
/// @param out   written whole; may be *past.options
void learn(const Connection& now, const Past& past, const TcpSysctls& sysctls, KeepaliveOptions& out);

/// The same where the sample before is not at hand: idle and interval are kept, and inferred at first sight only.
/// @param before  what was known of this cookie; nullptr: nothing
void learn(const Connection& now, const KeepaliveOptions* before, const TcpSysctls& sysctls, KeepaliveOptions& out);

/// What the kernel's structures say of its options: all values are Exact, those that nobody has set the settings'; of a
/// setting that could not be read Assumed.
/// @param facts  with options
void takeExact(const ExactFacts& facts, const TcpSysctls& sysctls, KeepaliveOptions& out);

/// What was read from the listener stands for a connection that waits in its queue, but only as far as the listener has
/// not been changed since the handshake, when the options were copied: Inferred. What the connection's own timer shows
/// is Derived: whether keepalive is on, and as long as nothing has come since the handshake its idle time ("expires" +
/// the age of that). Pure. Source: net/ipv4/tcp_minisocks.c, tcp_create_openreq_child().
/// @param before  what was known of it at the sample before; nullptr: nothing
/// @return whether the timer shows something else than the listener has now
bool inherit(const Connection& now, const KeepaliveOptions* before, KeepaliveOptions& options);

/// Whether the timer shows something else than what was read from the socket, so that it must be read again: keepalive
/// was switched, the timer was moved before it was due, or it was re-armed to what `read` does not allow. It tells of
/// events and not of states: a timer that still runs after an older value is no contradiction. Pure.
/// @param earlier  the sample before of the same cookie; nullptr: only the switch is compared
/// @param read     exact values
bool contradicts(const Connection& now, const Connection* earlier, const KeepaliveOptions& read);

} // namespace halfopen
