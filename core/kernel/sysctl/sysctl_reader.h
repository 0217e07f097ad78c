// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/kept_file.h"
#include "core/kernel/netns/setting_files.h"
#include "core/model/error.h"
#include "core/model/settings.h"
#include "core/model/tcp_sysctls.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace halfopen {

/// The settings of the network namespace of the calling thread: /proc/sys/net follows the task that opens it. Values
/// are kept as the kernel has them, however odd. Each is read by itself: one that cannot be read is marked
/// (TcpSysctls::unread), and its field holds the kernel's default.
/// @param root  the directory that stands for "/"; tests give their own, everybody else the default
/// @return      what an older kernel lacks is not unread: then has... is false, and the field holds what such a kernel
///              does
TcpSysctls readTcpSysctls(const std::string& root = {});

/// The same, sample after sample, of the network namespace of the thread that calls read() first: a dozen pread(2) of
/// files that stay open. What the kernel lacks at first it goes on lacking.
class TcpSysctlReader {
public:
    explicit TcpSysctlReader(const std::string& root = {});
    TcpSysctls read();

private:
    std::vector<KeptFile> m_files; ///< in the order of Setting
    KeptFile m_localPorts;
    std::uint16_t m_absent = 0; ///< bits by Setting
};

/// The same of the network namespace that these folders were opened in (NetnsAccess::settings()).
/// @param mptcp  -1: this kernel has none
TcpSysctls readTcpSysctlsIn(int ipv4, int mptcp);
/// The same by the files themselves.
TcpSysctls readTcpSysctlsIn(const SettingFiles& files);

/// The same of what others have read, of another machine.
/// @param files  by settingPath(), and kLocalPortsPath: what stands in them; those that are not there are missing over
///               there
TcpSysctls tcpSysctlsIn(const std::unordered_map<std::string, std::string>& files);
inline constexpr char kLocalPortsPath[] = "net/ipv4/ip_local_port_range"; ///< below /proc/sys

/// One setting, as it is in effect in the network namespace of the calling thread.
/// @return  NotSupported where this kernel has no such setting; Unreadable, NotPermitted
Result<std::int32_t> readSetting(Setting id, const std::string& root = {});

/// The same in another one. @return  NotFound where it cannot be read (any more)
Result<std::int32_t> readSettingIn(const SettingFiles& files, Setting id);

/// What procfs prints for one int: decimal, perhaps negative, perhaps with blanks or tabs around it.
/// @return  Unreadable, quoting the text, for anything that is not exactly one number of 32 bits
Result<std::int32_t> parseSysctlText(std::string_view text);

/// "/proc/sys/net/ipv4/tcp_keepalive_time", below root.
std::string sysctlPath(Setting id, const std::string& root = {});

} // namespace halfopen
