// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/settings.h"

#include "core/model/keepalive_limits.h"

#include <array>

namespace halfopen {
namespace {

// The sane ranges of keepalive are those of TCP_KEEPIDLE, TCP_KEEPINTVL and TCP_KEEPCNT.
constexpr std::array<SettingInfo, kSettingCount> kSettings{{
    {Setting::KeepaliveTime,
     "tcp_keepalive_time",
     SettingUnit::Seconds,
     7200,
     &TcpSysctls::keepaliveTime,
     {1, kMaxKeepaliveIdle},
     true,
     false,
     Sentence::mark("With 0 idle connections are probed without a pause, each tcp_keepalive_intvl; a negative number "
                    "makes a timer of weeks.")},
    {Setting::KeepaliveInterval,
     "tcp_keepalive_intvl",
     SettingUnit::Seconds,
     75,
     &TcpSysctls::keepaliveInterval,
     {1, kMaxKeepaliveInterval},
     true,
     false,
     Sentence::mark("0 resets healthy connections before the peer can answer a probe.")},
    {Setting::KeepaliveProbes,
     "tcp_keepalive_probes",
     SettingUnit::Count,
     9,
     &TcpSysctls::keepaliveProbes,
     {1, kMaxKeepaliveProbes},
     true,
     false,
     Sentence::mark("0 resets every idle connection that has keepalive on, healthy or not, after tcp_keepalive_time.")},
    {Setting::Retries2, "tcp_retries2", SettingUnit::Count, 15, &TcpSysctls::retries2, {1, 255}, false, false, ""},
    {Setting::OrphanRetries,
     "tcp_orphan_retries",
     SettingUnit::Count,
     0,
     &TcpSysctls::orphanRetries,
     {0, 255},
     false,
     false,
     ""},
    {Setting::SynRetries,
     "tcp_syn_retries",
     SettingUnit::Count,
     6,
     &TcpSysctls::synRetries,
     {1, 127},
     false,
     false,
     ""},
    {Setting::SynLinearTimeouts,
     "tcp_syn_linear_timeouts",
     SettingUnit::Count,
     4,
     &TcpSysctls::synLinearTimeouts,
     {0, 127},
     false,
     true,
     "",
     &TcpSysctls::hasSynLinearTimeouts},
    {Setting::SynAckRetries,
     "tcp_synack_retries",
     SettingUnit::Count,
     5,
     &TcpSysctls::synAckRetries,
     {0, 255},
     false,
     false,
     ""},
    {Setting::FinTimeout,
     "tcp_fin_timeout",
     SettingUnit::Seconds,
     60,
     &TcpSysctls::finTimeout,
     {1, 32767},
     false,
     false,
     ""},
    {Setting::RtoMax,
     "tcp_rto_max_ms",
     SettingUnit::Milliseconds,
     120000,
     &TcpSysctls::rtoMaxMs,
     {1000, 120000},
     false,
     true,
     "",
     &TcpSysctls::hasRtoMax},
    {Setting::EarlyRetrans,
     "tcp_early_retrans",
     SettingUnit::Count,
     3,
     &TcpSysctls::earlyRetrans,
     {0, 4},
     false,
     true,
     ""},
    {Setting::ThinLinearTimeouts,
     "tcp_thin_linear_timeouts",
     SettingUnit::Count,
     0,
     &TcpSysctls::thinLinearTimeouts,
     {0, 1},
     false,
     true,
     ""},
    {Setting::MptcpCloseTimeout,
     "mptcp.close_timeout",
     SettingUnit::Seconds,
     60,
     &TcpSysctls::mptcpCloseTimeout,
     {1, 32767},
     false,
     true,
     ""},
}};

} // namespace

std::string_view toString(SettingUnit unit) {
    switch (unit) {
    case SettingUnit::Seconds:
        return "s";
    case SettingUnit::Milliseconds:
        return "ms";
    case SettingUnit::Count:
        break;
    }
    return "";
}

std::span<const SettingInfo> allSettings() {
    return kSettings;
}

const SettingInfo& settingInfo(Setting id) {
    return kSettings[static_cast<std::size_t>(id)];
}

bool isThere(const TcpSysctls& sysctls, Setting id) {
    const auto flag = settingInfo(id).there;
    return flag == nullptr || sysctls.*flag;
}

void setThere(TcpSysctls& sysctls, Setting id, bool there) {
    if (const auto flag = settingInfo(id).there)
        sysctls.*flag = there;
}

std::string settingPath(Setting id) {
    std::string name(settingInfo(id).name);
    const auto dot = name.find('.');
    if (dot == std::string::npos)
        return "net/ipv4/" + name;
    name[dot] = '/';
    return "net/" + name;
}

bool isUnread(const TcpSysctls& sysctls, Setting id) {
    return (sysctls.unread >> static_cast<unsigned>(id) & 1U) != 0;
}

std::string unreadNames(const TcpSysctls& sysctls) {
    std::string names;
    for (const SettingInfo& info : kSettings)
        if (isUnread(sysctls, info.id))
            names += (names.empty() ? "" : ", ") + std::string(info.name);
    return names;
}

bool isUnusual(Setting id, std::int64_t value) {
    return !settingInfo(id).sane.contains(value);
}

} // namespace halfopen
