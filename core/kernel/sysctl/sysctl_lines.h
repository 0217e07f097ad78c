// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/settings.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace halfopen {

/// One line of a sysctl file.
struct SysctlLine {
    std::string key; ///< with slashes: "net/ipv4/tcp_keepalive_time"; may be a glob
    std::string text;
    bool exclusion = false; ///< "-key" alone: no glob touches the key
};

/// Without the blanks around it.
std::string_view trimmed(std::string_view text);

/// As sysctl.d(5) has them. @return nullopt for comments, blank lines and lines that set nothing
std::optional<SysctlLine> parseSysctlLine(std::string_view line);

/// The kernel takes 0x and a leading 0 as C does (kernel/sysctl.c, strtoul_lenient), and so do we when we say what a
/// file sets. @return nullopt for what the kernel refuses
std::optional<std::int32_t> kernelNumber(const std::string& text);

bool isPattern(const std::string& key);
bool concerns(const SysctlLine& line, const SettingInfo& info);

} // namespace halfopen
