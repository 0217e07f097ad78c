// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"
#include "core/model/keepalive_options.h"
#include "core/model/units.h"

#include <cstdint>
#include <limits>
#include <optional>

namespace halfopen {

/// What was known of a cookie before this sample. Everything may be absent.
struct Past {
    const Connection* connection = nullptr;    ///< its sample before this one; nullptr: seen for the first time
    const KeepaliveOptions* options = nullptr; ///< what was known of its options then
    MonotonicTime notThere{}; ///< at first sight: start of the dump before, which lacked it; epoch: there was none
};

/// Which values, in ms, an option can have after what was seen; both ends belong to it.
struct ValueRange {
    std::int64_t lowest = 0;
    std::int64_t highest = std::numeric_limits<std::int64_t>::max();

    /// The only whole number of seconds (from 1 on) inside; nullopt where there is none or more than one.
    std::optional<std::int32_t> onlyWholeSecond() const;
    bool admits(std::int32_t seconds) const; ///< whether the option can be so many seconds
    bool operator==(const ValueRange&) const = default;
};

/// What one or two consecutive samples of a socket's keepalive timer say about its options. They are set in whole
/// seconds, which is what makes a range as wide as the sampling interval enough to find them.
struct Evidence {
    ValueRange idle;                 ///< TCP_KEEPIDLE
    ValueRange interval;             ///< TCP_KEEPINTVL
    std::int64_t likelyIdle = 0;     ///< s; the likely one where `idle` leaves more than one; may lie outside
    std::int64_t likelyInterval = 0; ///< s; likewise
    bool optionsChanged = false;     ///< the timer moved before it was due, which only setsockopt(2) does
};

/// Whether SO_KEEPALIVE is on, as far as this sample alone proves it: On with the keepalive timer, Off where no timer
/// runs and nothing is queued; Unknown where another timer hides it, and for mini sockets, SYN-SENT, LISTEN, CLOSE and
/// orphans in FIN-WAIT-2 (whose timer of the same kind is another). Pure. Source: net/ipv4/inet_diag.c,
/// inet_sk_diag_fill().
Switch shownSwitch(const Connection& now);

/// The longest idle time and interval that fit the probes that are unanswered: the first went out when the idle time
/// was over, each further one an interval later, and the timer runs to the next; what the timer wheel adds makes the
/// true ones shorter still. Empty where none is unanswered. Pure, O(1).
Evidence boundedByProbes(const Connection& now);

/// Pure, O(1), does not allocate. Empty ranges of evidence admit everything.
/// Source: net/ipv4/tcp_timer.c, tcp_keepalive_timer(), tcp_set_keepalive(); net/ipv4/tcp.c,
/// tcp_sock_set_keepidle_locked().
Evidence observe(const Connection& now, const Past& past);

} // namespace halfopen
