// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/tcp_sysctls.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace halfopen {

/// A message over the system bus carries 16 descriptors at most (max_message_unix_fds), so that many namespaces are
/// opened by one call, each with that many sockets: what a live source takes, and one to start again with.
inline constexpr std::size_t kNetnsBatch = 2;
inline constexpr int kSocketsOfNetns = 6;

/// And of so many the settings are read by one call.
inline constexpr std::size_t kSettingsBatch = 64;

/// (ttt): the cookie of a network namespace, the inode of its nsfs file, and that of PID/net/stat of a process in
/// there, by which anybody may know it; 0: there is none.
struct BusNetns {
    std::uint64_t cookie = 0;
    std::uint64_t inode = 0;
    std::uint64_t procInode = 0;
};

/// a{si}: each setting that could be read by its name (SettingInfo::name).
using BusSysctls = std::map<std::string, std::int32_t>;

/// (ta{si}s): cookie, the settings, error as in BusReading.
struct BusSettings {
    std::uint64_t cookie = 0;
    BusSysctls values;
    std::string error;
};

/// Those that could be read and that this kernel has, and the ends of ip_local_port_range.
BusSysctls toBus(const TcpSysctls& sysctls);
/// What is missing counts as not read; a name that is none of ours means nothing.
TcpSysctls sysctlsFrom(const BusSysctls& values);

} // namespace halfopen
