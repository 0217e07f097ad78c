// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/machine_metrics.h"

#include "core/model/settings.h"

namespace halfopen {

namespace {

constexpr std::string_view kSettingHelp = "The sysctl in effect in this network namespace.";

struct SettingMetric {
    Setting id;
    std::string_view name;
    std::string_view unit;
    double scale; ///< what one of the setting's own unit is
};
constexpr SettingMetric kSettings[] = {
    {Setting::KeepaliveTime, "halfopen_sysctl_tcp_keepalive_time_seconds", "seconds", 1},
    {Setting::KeepaliveInterval, "halfopen_sysctl_tcp_keepalive_intvl_seconds", "seconds", 1},
    {Setting::KeepaliveProbes, "halfopen_sysctl_tcp_keepalive_probes", "", 1},
    {Setting::Retries2, "halfopen_sysctl_tcp_retries2", "", 1},
    {Setting::OrphanRetries, "halfopen_sysctl_tcp_orphan_retries", "", 1},
    {Setting::SynRetries, "halfopen_sysctl_tcp_syn_retries", "", 1},
    {Setting::SynLinearTimeouts, "halfopen_sysctl_tcp_syn_linear_timeouts", "", 1},
    {Setting::SynAckRetries, "halfopen_sysctl_tcp_synack_retries", "", 1},
    {Setting::FinTimeout, "halfopen_sysctl_tcp_fin_timeout_seconds", "seconds", 1},
    {Setting::RtoMax, "halfopen_sysctl_tcp_rto_max_seconds", "seconds", 0.001},
};

constexpr Setting kFromBoot[] = {Setting::KeepaliveTime, Setting::KeepaliveInterval, Setting::KeepaliveProbes,
                                 Setting::Retries2, Setting::FinTimeout};

bool isRead(const TcpSysctls& sysctls, Setting id) {
    return !isUnread(sysctls, id) && isThere(sysctls, id);
}

void appendSetting(std::string_view name, std::string_view unit, double value, std::vector<MetricFamily>& families) {
    families.emplace_back(MetricFamily{name, MetricType::Gauge, kSettingHelp, unit, {}}).add(value);
}

/// systemd reads the files on most machines.
std::int32_t valueAtBoot(Setting id, const BootConfiguration& boot) {
    const auto winner = boot.winner(id, BootReader::Systemd);
    return winner && winner->value ? *winner->value : settingInfo(id).kernelDefault;
}

} // namespace

void appendCounters(const MachineReadings& readings, std::vector<MetricFamily>& families) {
    const auto append = [&](std::string_view name, std::string_view help, const std::optional<std::uint64_t>& value) {
        if (value)
            families.emplace_back(MetricFamily{name, MetricType::Counter, help, {}, {}})
                .add(static_cast<double>(*value));
    };
    append("halfopen_listen_overflows",
           "Attempts that found an accept queue full; a client that tries again counts again (TcpExt ListenOverflows).",
           readings.listenOverflows);
    append("halfopen_listen_drops", "Attempts that listeners dropped for any reason (TcpExt ListenDrops).",
           readings.listenDrops);
    append("halfopen_keepalive_probes_sent", "Keepalive probes sent (TcpExt TCPKeepAlive).", readings.keepaliveProbes);
    append("halfopen_aborts_on_timeout",
           "Connections given up because something stayed unanswered (TcpExt TCPAbortOnTimeout).",
           readings.abortsOnTimeout);
    append("halfopen_time_wait_overflows",
           "Connections for which tcp_max_tw_buckets left no TIME-WAIT (TcpExt TCPTimeWaitOverflow).",
           readings.timeWaitOverflows);
    append("halfopen_request_queue_full_drops",
           "Attempts dropped because a SYN queue was full (TcpExt TCPReqQFullDrop).", readings.requestQueueFullDrops);
}

void appendSettings(const TcpSysctls& sysctls, const MachineReadings& readings, const BootConfiguration& boot,
                    std::vector<MetricFamily>& families) {
    for (const SettingMetric& one : kSettings)
        if (isRead(sysctls, one.id))
            appendSetting(one.name, one.unit, sysctls.*settingInfo(one.id).field * one.scale, families);
    const auto append = [&](std::string_view name, const std::optional<std::int32_t>& value) {
        if (value)
            appendSetting(name, {}, *value, families);
    };
    append("halfopen_sysctl_tcp_max_tw_buckets", readings.maxTimeWaits);
    append("halfopen_sysctl_tcp_tw_reuse", readings.timeWaitReuse);
    append("halfopen_sysctl_somaxconn", readings.acceptQueue);
    append("halfopen_sysctl_tcp_max_syn_backlog", readings.synBacklog);
    auto& differs =
        families.emplace_back(MetricFamily{"halfopen_sysctl_differs_from_boot",
                                           MetricType::Gauge,
                                           "1 if the sysctl in effect is not what the boot configuration says.",
                                           {},
                                           {}});
    for (const Setting id : kFromBoot)
        if (isRead(sysctls, id))
            differs.add({{"setting", settingInfo(id).name}},
                        sysctls.*settingInfo(id).field != valueAtBoot(id, boot) ? 1 : 0);
}

} // namespace halfopen
