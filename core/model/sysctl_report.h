// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/boot_configuration.h"
#include "core/model/followers.h"
#include "core/model/settings.h"

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
        Sentence whyUnread; ///< empty where it was read
    };
    std::string host; ///< another machine, which does not tell where its values are from; "": this one
    std::uint64_t netns = 0;
    std::vector<Line> lines;                 ///< in the order of the table; what this kernel does not have is left out
    std::vector<SysctlAssignment> overrides; ///< win over the drop-in at boot
    bool dropIn = false;                     ///< it is there
    std::optional<Followers> followers;      ///< nullopt: the connections could not be read
};

} // namespace halfopen
