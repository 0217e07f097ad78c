// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/sysctl/boot_configuration.h"
#include "core/kernel/sysctl/sysctl_writer.h"
#include "core/model/error.h"
#include "core/tuning/followers.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace halfopen {

/// All that `halfopenctl sysctl` tells.
struct SysctlReport {
    /// One setting: what is in effect, and where that is from.
    struct Line {
        Setting id = Setting::KeepaliveTime;
        std::optional<std::int32_t> value; ///< nullopt: could not be read
        SettingOrigin origin;
        std::string whyUnread; ///< a sentence; "" where it was read
    };
    std::uint64_t netns = 0;
    std::vector<Line> lines;                 ///< in the order of the table; what this kernel does not have is left out
    std::vector<SysctlAssignment> overrides; ///< win over the drop-in at boot
    bool dropIn = false;                     ///< it is there
    std::optional<Followers> followers;      ///< nullopt: the connections could not be read
};

/// Reads the settings in effect and where they come from; the caller fills in netns and followers.
/// @param root  the directory that stands for "/"
SysctlReport readSysctlReport(const std::string& root = {});

/// A table for people: name, value, where it comes from; a line for each value that is unusual and why that matters.
std::string sysctlText(const SysctlReport& report);

/// One JSON object (schema 1) on one line, with a newline.
std::string sysctlJson(const SysctlReport& report);

/// After a change: what is in effect, and whether it is kept.
std::string changeJson(const SysctlReport& report, const KeepaliveDefaults& inEffect, bool persist);

/// "First probe after 10 min, then every 30 s; a dead peer is noticed after 12 min 30 s."
std::string sentenceFor(const KeepaliveDefaults& values);

/// Who follows these values: how many, how many not and why. One or two sentences.
std::string followersText(const Followers& followers);
/// After a change: who follows, and when.
std::string followersAfterChangeText(const Followers& followers);

/// A warning for each line that wins over the drop-in at boot.
std::vector<std::string> overrideWarnings(const std::vector<SysctlAssignment>& overrides);

} // namespace halfopen
