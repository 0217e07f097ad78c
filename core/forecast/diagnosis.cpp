// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/forecast.h"

#include <algorithm>

namespace halfopen {

namespace {

constexpr Millis kActiveFor{5000};

bool suspect(const Connection& connection, const Forecast& forecast) {
    const auto& info = connection.info;
    return forecast.unanswered > 0 || connection.timer.retransmits > 0 || info.retransmits > 0 || info.probes > 0;
}

bool dataWaits(const Connection& connection) {
    return connection.sendQueue > 0 || connection.info.unacked > 0 || connection.info.notSentBytes > 0;
}

bool stalled(const Connection& connection) {
    const auto& info = connection.info;
    if (info.hasSendWindow())
        return info.sendWindow == 0 && dataWaits(connection);
    return connection.timer.kind() == TimerKind::WindowProbe;
}

bool active(const Connection& connection) {
    const auto& info = connection.info;
    return dataWaits(connection) ||
           (info.present() && std::min(info.lastDataSent, info.lastDataReceived) <= kActiveFor);
}

Diagnosis diagnoseEstablished(const Connection& connection, const KeepaliveOptions& options, const Forecast& forecast) {
    if (suspect(connection, forecast))
        return Diagnosis::Suspect;
    if (stalled(connection))
        return Diagnosis::Stalled;
    if (active(connection))
        return Diagnosis::Active;
    const bool armed = connection.timer.kind() == TimerKind::Keepalive || options.enabled == Switch::On;
    return armed ? Diagnosis::Guarded : Diagnosis::Unguarded;
}

} // namespace

Diagnosis diagnose(const Connection& connection, const KeepaliveOptions& options, const Forecast& forecast) {
    switch (connection.state) {
    case State::Listen:
        return Diagnosis::Listening;
    case State::SynSent:
    case State::SynRecv:
        return Diagnosis::Opening;
    case State::CloseWait:
        return Diagnosis::Abandoned;
    case State::Established:
        return diagnoseEstablished(connection, options, forecast);
    default:
        return Diagnosis::Closing;
    }
}

} // namespace halfopen
