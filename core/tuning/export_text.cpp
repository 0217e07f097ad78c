// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/export_text.h"

#include <fmt/format.h>

#include <functional>

namespace halfopen {

namespace {

/// Every one of the three as "net.ipv4.NAME" and its value.
void eachSetting(const KeepaliveDefaults& values, const std::function<void(const std::string&, std::int32_t)>& use) {
    const auto name = [](Setting id) { return fmt::format("net.ipv4.{}", settingInfo(id).name); };
    use(name(Setting::KeepaliveTime), values.time);
    use(name(Setting::KeepaliveInterval), values.interval);
    use(name(Setting::KeepaliveProbes), values.probes);
}

std::string sysctlFile(const KeepaliveDefaults& values) {
    std::string text = "# TCP keepalive, for connections whose program asks for it and sets no values of its own.\n";
    eachSetting(values,
                [&](const std::string& name, std::int32_t value) { text += fmt::format("{} = {}\n", name, value); });
    return text;
}

std::string commands(const KeepaliveDefaults& values) {
    std::string text;
    eachSetting(values, [&](const std::string& name, std::int32_t value) {
        text += fmt::format("sudo sysctl -w {}={}\n", name, value);
    });
    return text;
}

std::string ansible(const KeepaliveDefaults& values) {
    std::string text = "- name: Set the defaults of TCP keepalive\n"
                       "  become: true\n"
                       "  ansible.posix.sysctl:\n"
                       "    name: \"{{ item.name }}\"\n"
                       "    value: \"{{ item.value }}\"\n"
                       "    sysctl_file: /etc/sysctl.d/60-keepalive.conf\n"
                       "    sysctl_set: true\n"
                       "    state: present\n"
                       "  loop:\n";
    eachSetting(values, [&](const std::string& name, std::int32_t value) {
        text += fmt::format("    - {{ name: {}, value: \"{}\" }}\n", name, value);
    });
    return text;
}

std::string kubernetes(const KeepaliveDefaults& values) {
    std::string text =
        "# Kubernetes 1.29 and later count these among the safe sysctls; before, the kubelet must allow them.\n"
        "# Not with hostNetwork: the settings belong to the network namespace of the pod.\n"
        "spec:\n"
        "  securityContext:\n"
        "    sysctls:\n";
    eachSetting(values, [&](const std::string& name, std::int32_t value) {
        text += fmt::format("      - name: {}\n        value: \"{}\"\n", name, value);
    });
    return text;
}

} // namespace

std::string exportText(ExportFormat format, const KeepaliveDefaults& values) {
    switch (format) {
    case ExportFormat::SysctlFile:
        return sysctlFile(values);
    case ExportFormat::SysctlCommands:
        return commands(values);
    case ExportFormat::AnsibleTask:
        return ansible(values);
    case ExportFormat::KubernetesPod:
        break;
    }
    return kubernetes(values);
}

std::string exportFileName(ExportFormat format) {
    switch (format) {
    case ExportFormat::SysctlFile:
        return "60-keepalive.conf";
    case ExportFormat::SysctlCommands:
        return "keepalive.sh";
    case ExportFormat::AnsibleTask:
        return "keepalive.yml";
    case ExportFormat::KubernetesPod:
        break;
    }
    return "pod-keepalive.yaml";
}

} // namespace halfopen
