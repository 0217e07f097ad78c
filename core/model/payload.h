// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"

#include <optional>

namespace halfopen {

/// Whether payload has ever gone out. nullopt: the kernel does not count it, or what it counts may be nothing but a SYN
/// and a FIN.
inline std::optional<bool> hasSentData(const Connection& c) {
    if (!c.countsBytes() || c.isMini())
        return std::nullopt;
    if (c.info.ackedBeyondPayload != TcpInfo::kUnknown)
        return static_cast<std::int64_t>(c.info.bytesAcked) > c.info.ackedBeyondPayload;
    if (c.info.bytesAcked <= 1 && c.nothingQueued()) // the SYN counts as one
        return false;
    return c.info.bytesAcked > 2 ? std::optional(true) : std::nullopt;
}

/// The same of the peer's.
inline std::optional<bool> hasReceivedData(const Connection& c) {
    if (!c.countsBytes() || c.isMini())
        return std::nullopt;
    if (c.info.bytesReceived != 1)
        return c.info.bytesReceived > 0;
    if (c.state == State::Close)
        return std::nullopt; // the peer's FIN counts as one, too
    const bool finCame = c.state == State::CloseWait || c.state == State::LastAck || c.state == State::Closing;
    return !finCame;
}

/// Age of the last payload, nullopt also where there never was any: the kernel's stamp is that of the handshake then.
inline std::optional<Millis> dataSentAge(const Connection& c) {
    return hasSentData(c).value_or(true) ? c.sentAge() : std::nullopt;
}
inline std::optional<Millis> dataReceivedAge(const Connection& c) {
    return hasReceivedData(c).value_or(true) ? c.receivedAge() : std::nullopt;
}

} // namespace halfopen
