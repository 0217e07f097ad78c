// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/sentence.h"
#include "core/model/tcp_sysctls.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace halfopen {

/// The closed list of kernel settings that Halfopen knows. Nothing outside this list is ever read or written.
enum class Setting : std::uint8_t {
    KeepaliveTime,
    KeepaliveInterval,
    KeepaliveProbes,
    Retries2,
    OrphanRetries,
    SynRetries,
    SynLinearTimeouts,
    SynAckRetries,
    FinTimeout,
    RtoMax,
    EarlyRetrans,
    ThinLinearTimeouts,
    MptcpCloseTimeout,
};

inline constexpr std::size_t kSettingCount = 13;

/// What the number in the file means.
enum class SettingUnit : std::uint8_t { Seconds, Milliseconds, Count };

std::string_view toString(SettingUnit unit); ///< "s", "ms", ""

/// Both ends belong to it.
struct SettingRange {
    std::int64_t lowest = 0;
    std::int64_t highest = 0;

    bool contains(std::int64_t value) const { return value >= lowest && value <= highest; }
    bool operator==(const SettingRange&) const = default;
};

/// One line of the closed table. Source: Documentation/networking/ip-sysctl.rst, net/ipv4/sysctl_net_ipv4.c.
struct SettingInfo {
    Setting id;
    std::string_view name; ///< in net.ipv4 "tcp_keepalive_time", elsewhere in net "mptcp.close_timeout"
    SettingUnit unit;
    std::int32_t kernelDefault;
    std::int32_t TcpSysctls::*field;
    SettingRange sane;  ///< what Halfopen offers and writes; outside it is shown and marked unusual
    bool writable;      ///< Halfopen may change it (the three of keepalive)
    bool optional;      ///< older kernels have none
    Template<0> breaks; ///< what goes wrong outside `sane`, one sentence; empty where nothing was measured
    bool TcpSysctls::*there = nullptr; ///< whether this kernel has it; nullptr: not noted, taken for there
};

/// All of them, in the order of Setting.
std::span<const SettingInfo> allSettings();

const SettingInfo& settingInfo(Setting id); ///< O(1); of static lifetime

/// Whether this kernel has it, as far as that is noted (SettingInfo::there).
bool isThere(const TcpSysctls& sysctls, Setting id);
void setThere(TcpSysctls& sysctls, Setting id, bool there);
/// Below /proc/sys: "net/ipv4/tcp_keepalive_time", "net/mptcp/close_timeout".
std::string settingPath(Setting id);

/// Whether it could not be read, so that its field holds the kernel's default.
bool isUnread(const TcpSysctls& sysctls, Setting id);
/// The names of those that could not be read, "tcp_retries2, tcp_fin_timeout"; "" where all were.
std::string unreadNames(const TcpSysctls& sysctls);

/// The value lies outside what Halfopen would ever write: it is shown as it is and marked, never offered.
bool isUnusual(Setting id, std::int64_t value);

} // namespace halfopen
