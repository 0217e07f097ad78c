// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/keepalive_defaults.h"

#include <cstdint>
#include <string>

namespace halfopen {

/// In whose words the three values can be had.
enum class ExportFormat : std::uint8_t {
    SysctlFile,     ///< for /etc/sysctl.d
    SysctlCommands, ///< for a shell, as root
    AnsibleTask,    ///< ansible.posix.sysctl
    KubernetesPod,  ///< securityContext of a pod
};

/// The three values in the words of something else, with a final newline.
std::string exportText(ExportFormat format, const KeepaliveDefaults& values);

/// A name for the file: "60-keepalive.conf", "keepalive.sh", "keepalive.yml", "pod-keepalive.yaml".
std::string exportFileName(ExportFormat format);

} // namespace halfopen
