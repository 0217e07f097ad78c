// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/proof_of_life.h"

namespace halfopen {

std::optional<Millis> probeAnswered(const Connection& connection, const KeepaliveOptions& options) {
    const auto& info = connection.info;
    if (options.enabled != Switch::On || connection.state != State::Established || !info.lastWasUnaskedAck() ||
        !connection.receivedAge())
        return std::nullopt;
    const auto silence = std::chrono::milliseconds(info.lastDataReceived) - info.lastAckReceived;
    return silence >= std::chrono::seconds(options.idleSeconds) ? std::optional(info.lastAckReceived) : std::nullopt;
}

} // namespace halfopen
