// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sysctl/report_reader.h"

#include "core/kernel/sysctl/boot_reader.h"
#include "core/kernel/sysctl/sysctl_reader.h"

#include <unistd.h>

namespace halfopen {

SysctlReport readSysctlReport(const std::string& root) {
    SysctlReport report;
    const BootConfiguration configuration = readBootConfiguration(root);
    for (const SettingInfo& info : allSettings()) {
        const auto value = readSetting(info.id, root);
        if (value)
            report.lines.push_back({info.id, *value, originOf(info.id, *value, configuration), {}});
        else if (value.error().code != ErrorCode::NotSupported)
            report.lines.push_back({info.id, std::nullopt, {}, value.error().sentence});
    }
    report.overrides = overridesOfDropIn(configuration);
    report.dropIn = ::access((root + std::string(kDropInPath)).c_str(), F_OK) == 0;
    return report;
}

} // namespace halfopen
