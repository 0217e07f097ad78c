// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/units.h"

#include <cstdint>
#include <string_view>

namespace halfopen {

/// Where a number comes from; travels with it to the screen. Ordered from the best to the worst.
enum class Provenance : std::uint8_t {
    Exact,    ///< read from the socket
    Derived,  ///< implied by what the kernel shows (timer kind 2: on; timer kind 0 with nothing queued: off)
    Inferred, ///< from consecutive samples of this cookie
    Assumed,  ///< the sysctl of its namespace
    Hidden,   ///< another timer masks it
};

std::string_view toString(Provenance provenance); ///< "exact", "derived", ...

/// Options that nobody has set, so that they follow the setting of their namespace when it changes, as bits.
namespace follows {
enum : std::uint8_t { Idle = 1 << 0, Interval = 1 << 1, Probes = 1 << 2, Told = 1 << 3 };
} // namespace follows

enum class Switch : std::uint8_t { Off, On, Unknown };

/// What fits into KeepaliveOptions::lingerSeconds: the option is 120 at most, the setting anything.
inline constexpr int kMostLingerSeconds = 2047;
inline constexpr int kMostSynCount = 127; ///< MAX_TCP_SYNCNT

/// What is known of the options of one socket that decide its fate. Values in the units of setsockopt(2), as tcp(7) has
/// them. Everything starts as assumed and the sysctls fill it in (assumeFrom in core/keepalive/knowledge.h).
struct KeepaliveOptions {
    std::int32_t idleSeconds = 0;        ///< TCP_KEEPIDLE; a sysctl can be 0 or negative, so it is signed
    std::int32_t intervalSeconds = 0;    ///< TCP_KEEPINTVL
    Millis userTimeout{0};               ///< TCP_USER_TIMEOUT; 0: none
    Millis rtoMax{0};                    ///< TCP_RTO_MAX_MS; 0: tcp_rto_max_ms decides
    std::int16_t probes = 0;             ///< TCP_KEEPCNT
    std::int16_t lingerSeconds : 12 = 0; ///< TCP_LINGER2, at most kMostLingerSeconds; 0: tcp_fin_timeout decides
    /// follows:: bits. getsockopt(2) does not tell who set a value: only with Told do the others mean something.
    std::uint16_t followed : 4 = 0;
    std::uint8_t synCount : 7 = 0; ///< TCP_SYNCNT, at most kMostSynCount; 0: the sysctl decides
    /// With an inferred interval: what was seen fits others, too, and this one best.
    std::uint8_t intervalIsLikely : 1 = 0;
    std::uint8_t deferAccept = 0;     ///< TCP_DEFER_ACCEPT of a listener in SYN-ACK timeouts, as the kernel keeps it
    Switch enabled = Switch::Unknown; ///< SO_KEEPALIVE; Unknown only with provenance Hidden
    Provenance enabledFrom = Provenance::Hidden;
    Provenance idleFrom = Provenance::Assumed;
    Provenance intervalFrom = Provenance::Assumed;
    Provenance probesFrom = Provenance::Assumed;
    Provenance userTimeoutFrom = Provenance::Assumed; ///< also stands for synCount, lingerSeconds and rtoMax

    /// All five were read from the socket.
    bool exact() const {
        return enabledFrom == Provenance::Exact && idleFrom == Provenance::Exact && intervalFrom == Provenance::Exact &&
               probesFrom == Provenance::Exact && userTimeoutFrom == Provenance::Exact;
    }
    bool operator==(const KeepaliveOptions&) const = default;
};

} // namespace halfopen
