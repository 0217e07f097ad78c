// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace halfopen {

/// "What if the peer were gone right now?" in one word. Which one: diagnose() (core/forecast/diagnosis.cpp).
enum class Diagnosis : std::uint8_t {
    Listening, ///< LISTEN
    Opening,   ///< SYN-SENT, SYN-RECV
    Abandoned, ///< CLOSE-WAIT and nothing moves: the peer has closed, the program has not
    Closing,   ///< FIN-WAIT-1, CLOSING, LAST-ACK, TIME-WAIT, and a FIN-WAIT-2 that a timer will end
    Suspect,   ///< at least one probe or retransmission is unanswered
    Stalled,   ///< data waits and the peer's window is zero: it is there but takes nothing
    Active,    ///< data in flight, or payload moved in either direction within the last 5 s
    Guarded,   ///< nothing in flight, keepalive is armed and its probes can leave: the kernel will notice
    Unguarded, ///< nothing in flight, no keepalive: the kernel will never notice
};
inline constexpr std::size_t kDiagnosisCount = 9;
/// So many connections by Diagnosis, closed rows not counted.
using DiagnosisCounts = std::array<std::uint32_t, kDiagnosisCount>;

std::string_view toString(Diagnosis diagnosis); ///< "listening", ...

} // namespace halfopen
