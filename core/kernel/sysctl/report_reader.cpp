// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sysctl/report_reader.h"

#include "core/kernel/sysctl/boot_reader.h"
#include "core/kernel/sysctl/sysctl_reader.h"

#include <unistd.h>

#include <cerrno>

namespace halfopen {

namespace {

Sentence notThere(const std::string& path) {
    return Sentence::tr("{0} could not be read: {1}. Is /proc mounted?", path, Errno{ENOENT});
}

} // namespace

SysctlReport readSysctlReport(const std::string& root) {
    SysctlReport report;
    const BootConfiguration configuration = readBootConfigurationHere(root);
    const bool nothingIsThere = ::access(sysctlPath(Setting::KeepaliveTime, root).c_str(), F_OK) != 0;
    for (const SettingInfo& info : allSettings()) {
        const auto value = readSetting(info.id, root);
        if (value)
            report.lines.push_back({info.id, *value, originOf(info.id, *value, configuration), {}});
        else if (value.error().code != ErrorCode::NotSupported)
            report.lines.push_back({info.id, std::nullopt, {}, value.error().sentence});
        else if (nothingIsThere) // then nobody can tell whether this kernel has it
            report.lines.push_back({info.id, std::nullopt, {}, notThere(sysctlPath(info.id, root))});
    }
    report.overrides = overridesOfDropIn(configuration);
    report.dropIn = ::access((root + std::string(kDropInPath)).c_str(), F_OK) == 0;
    return report;
}

} // namespace halfopen
