// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"
#include "core/model/destroy_event.h"
#include "core/model/seen_states.h"
#include "core/model/units.h"

#include <cstdint>
#include <optional>

namespace halfopen {

/// The bit for this state; 0 where it proves nothing.
std::uint8_t seenBit(State state);

/// A yes or no that may not be known.
enum class Tristate : std::uint8_t { Unknown, No, Yes };

/// What the counters of a connection's last sample and of its destroy event prove about its last moments. Its payload
/// can hide a FIN, and the ages are of the time the kernel wrote them: where anything is in doubt, it is Unknown.
struct WireProof {
    Tristate finReceived = Tristate::Unknown;
    Tristate finAcknowledged = Tristate::Unknown;
    Tristate somethingReceived = Tristate::Unknown; ///< any segment after the last sample
    Tristate resetReceived = Tristate::Unknown;     ///< segments came after the last sample and none was a valid ACK
    bool disconnected = false;                      ///< tcp_disconnect(): thrown away, or never opened
    bool payloadInDoubt = false;                    ///< payload came after the last sample and hides whether a FIN did
};

/// @param last     the last sample that saw it; nullptr where none did
/// @param states   seen:: bits
/// @param event    its destroy event
/// @param passive  whether the peer opened it, for one that no sample saw; nullopt: not known
/// Pure. Sources: net/ipv4/tcp_input.c, tcp_rcv_nxt_update(), tcp_snd_una_update(), tcp_fin(); include/net/tcp.h,
/// tcp_segs_in(); net/ipv4/tcp.c, tcp_disconnect().
WireProof proveFrom(const Connection* last, std::uint8_t states, const DestroyEvent& event,
                    std::optional<bool> passive);

/// When the peer was last heard as the ages in tcp_info have it; nullopt where they mean nothing (SYN-SENT, no
/// tcp_info).
std::optional<MonotonicTime> lastLife(const Connection& connection);

} // namespace halfopen
