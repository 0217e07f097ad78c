// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/sentence.h"
#include "core/model/settings.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// Where Halfopen keeps what shall count after a reboot: sysctl.d(5).
inline constexpr std::string_view kDropInDirectory = "/etc/sysctl.d";
inline constexpr std::string_view kDropInName = "60-halfopen-keepalive.conf";
inline constexpr std::string_view kDropInPath = "/etc/sysctl.d/60-halfopen-keepalive.conf";

/// Who applies a line: the readers of sysctl.d(5) at boot, or a service that starts after them. In this order.
enum class AppliedBy : std::uint8_t { Boot, Ufw, Tuned };

/// "", "ufw", "tuned"
std::string_view toString(AppliedBy by);

/// One line of a sysctl file that sets one of our settings.
struct SysctlAssignment {
    Setting setting = Setting::KeepaliveTime;
    std::string file;                  ///< as the administrator knows it: "/etc/sysctl.d/99-sysctl.conf"
    unsigned line = 0;                 ///< from 1; 0 for the kernel's command line
    std::string text;                  ///< right of the "="
    std::optional<std::int32_t> value; ///< as the kernel reads the text (0x and octal count); nullopt: it refuses it
    bool pattern = false;              ///< by a glob: a line that names the setting wins over it, wherever it stands
    bool onlyProcps = false;           ///< in /etc/sysctl.conf, which systemd-sysctl does not read
    AppliedBy by = AppliedBy::Boot;
    bool yields = false; ///< of tuned, which applies the files of /etc and /run once more after it (reapply_sysctl)

    bool operator==(const SysctlAssignment&) const = default;
};

/// Who reads the files at boot. They differ in /etc/sysctl.conf alone, which only procps reads, and last.
enum class BootReader : std::uint8_t { Systemd, Procps };

/// Everything that is configured for the settings, in the order in which it is applied: the kernel's command line
/// (sysctl.net.ipv4.*=), then the *.conf files of /etc/sysctl.d, /run/sysctl.d, /usr/local/lib/sysctl.d,
/// /usr/lib/sysctl.d and /lib/sysctl.d sorted by name (a name in an earlier directory hides the same name in a later
/// one), then /etc/sysctl.conf; then what services apply that start later (core/kernel/sysctl/boot_services.h): ufw and
/// tuned, which win over all of these. Sources: sysctl.d(5), systemd-sysctl(8), sysctl(8) --system,
/// Documentation/admin-guide/kernel-parameters.txt.
struct BootConfiguration {
    std::vector<SysctlAssignment> assignments;
    std::vector<std::string> unreadable; ///< files that could not be opened: what they say is not known

    /// What a boot would leave in the setting; nullopt where nothing is configured.
    std::optional<SysctlAssignment> winner(Setting setting, BootReader reader) const;
};

/// The lines that would win at boot over the drop-in (kDropInPath), whether or not it is there yet; at
/// most one for each setting and reader, in the order of the settings.
std::vector<SysctlAssignment> overridesOfDropIn(const BootConfiguration& configuration);

/// Where the value in effect comes from.
struct SettingOrigin {
    enum class Kind : std::uint8_t {
        KernelDefault, ///< the kernel's own default, and no file sets it
        File,          ///< the file and line set exactly this value
        ByHand,        ///< no file says so: set since boot (sysctl -w, a program, Halfopen without "keep after reboot")
        Unknown,       ///< a file that could not be read may be the one
    };
    Kind kind = Kind::Unknown;
    std::optional<SysctlAssignment> assignment; ///< with File: that line; else the line that a boot would apply instead
};

/// Pure. @param inEffect  the value that the kernel has now
SettingOrigin originOf(Setting setting, std::int32_t inEffect, const BootConfiguration& configuration);

/// "/etc/sysctl.d/60-x.conf:3", "/etc/ufw/sysctl.conf:3 (applied by ufw)", or "/proc/cmdline"
Sentence describe(const SysctlAssignment& assignment);

/// "kernel default", "/etc/sysctl.d/60-x.conf:3", "set since boot (/etc/sysctl.conf:2 sets 600 at boot)", "not known:
/// ..."
Sentence describe(const SettingOrigin& origin);

} // namespace halfopen
