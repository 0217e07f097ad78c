// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/unread_settings.h"

#include "core/model/settings.h"

#include <array>
#include <utility>

namespace halfopen {

namespace {

constexpr std::uint32_t bit(Setting id) {
    return 1U << static_cast<unsigned>(id);
}

/// How long is tried before data is given up.
std::uint32_t triesOf(const Connection& connection, const KeepaliveOptions& options) {
    if (options.userTimeout.count() > 0)
        return 0;
    return bit(connection.isOrphan() ? Setting::OrphanRetries : Setting::Retries2);
}

/// Those that decide beside the options of the socket.
std::uint32_t decidingSettings(Regime regime, const Connection& connection, const KeepaliveOptions& options) {
    const std::uint32_t longest = options.rtoMax.count() > 0 ? 0 : bit(Setting::RtoMax);
    switch (regime) {
    case Regime::Retransmission:
        return triesOf(connection, options) | longest | bit(Setting::EarlyRetrans) | bit(Setting::ThinLinearTimeouts);
    case Regime::WindowProbe:
    case Regime::Orphan:
        return triesOf(connection, options) | longest;
    case Regime::Syn:
        return longest | bit(Setting::SynLinearTimeouts) | (options.synCount > 0 ? 0 : bit(Setting::SynRetries));
    case Regime::SynAck:
        return longest | (options.synCount > 0 ? 0 : bit(Setting::SynAckRetries));
    case Regime::FinWait2:
        return options.lingerSeconds > 0 ? 0 : bit(Setting::FinTimeout);
    case Regime::MptcpClose:
        return bit(Setting::MptcpCloseTimeout);
    case Regime::Keepalive:
    case Regime::TimeWait:
    case Regime::None:
        break;
    }
    return 0;
}

constexpr std::array<std::pair<std::uint32_t, Setting>, 3> kFollowed{{
    {assume::KeepaliveTime, Setting::KeepaliveTime},
    {assume::KeepaliveInterval, Setting::KeepaliveInterval},
    {assume::KeepaliveProbes, Setting::KeepaliveProbes},
}};

} // namespace

std::uint32_t assumesUnread(const Forecast& forecast, const Connection& connection, const KeepaliveOptions& options,
                            const TcpSysctls& sysctls) {
    std::uint32_t assumes = forecast.assumes;
    if (sysctls.unread == 0)
        return assumes;
    if ((sysctls.unread & decidingSettings(forecast.regime, connection, options)) != 0)
        assumes |= assume::SettingsUnread;
    for (const auto& [fromSysctl, setting] : kFollowed)
        if ((assumes & fromSysctl) != 0 && isUnread(sysctls, setting))
            assumes = (assumes & ~fromSysctl) | assume::SettingsUnread;
    return assumes;
}

} // namespace halfopen
