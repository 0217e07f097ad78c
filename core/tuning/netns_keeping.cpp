// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/netns_keeping.h"

#include "core/model/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string_view>

namespace halfopen {

namespace {

/// One piece of text for each of the three.
std::string each(const KeepaliveDefaults& values,
                 const std::function<std::string(const std::string& name, std::int32_t value)>& text) {
    std::string all;
    for (const KeepaliveDefault& part : kKeepaliveDefaults)
        all += text(fmt::format("net.ipv4.{}", settingInfo(part.id).name), values.*part.field);
    return all;
}

/// As sysctl(8) takes them.
std::string assignments(const KeepaliveDefaults& values) {
    return each(values, [](const std::string& name, std::int32_t value) { return fmt::format(" {}={}", name, value); });
}

/// A word that no shell reads as anything else.
bool isPlain(const std::string& name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '.';
    });
}

} // namespace

NetnsMaker makerOf(const NetnsInside& inside) {
    const std::string& runtime = inside.unit.runtime;
    if (runtime == "podman")
        return inside.unit.unit.ends_with(".service") ? NetnsMaker::Quadlet : NetnsMaker::Podman;
    if (runtime == "docker" && inside.unit.pod.empty())
        return NetnsMaker::Docker;
    if (runtime == "kubernetes" || runtime == "cri-o" || runtime == "containerd")
        return NetnsMaker::Kubernetes;
    if (runtime == "machine" || runtime == "lxc")
        return NetnsMaker::Machine;
    if (inside.kind == NetnsKind::Unit)
        return NetnsMaker::Unit;
    return inside.kind == NetnsKind::Named ? NetnsMaker::IpNetns : NetnsMaker::Other;
}

std::string linesToKeep(NetnsMaker maker, const std::string& name, const KeepaliveDefaults& values) {
    switch (maker) {
    case NetnsMaker::Docker: // compose; docker run takes --sysctl
        return "sysctls:\n" + each(values, [](const std::string& setting, std::int32_t value) {
                   return fmt::format("  {}: {}\n", setting, value);
               });
    case NetnsMaker::Podman:
        return "podman run" + each(values, [](const std::string& setting, std::int32_t value) {
                   return fmt::format(" --sysctl {}={}", setting, value);
               });
    case NetnsMaker::Quadlet:
        return "[Container]\n" + each(values, [](const std::string& setting, std::int32_t value) {
                   return fmt::format("Sysctl={}={}\n", setting, value);
               });
    case NetnsMaker::Kubernetes:
        return "securityContext:\n  sysctls:\n" + each(values, [](const std::string& setting, std::int32_t value) {
                   return fmt::format("  - name: {}\n    value: \"{}\"\n", setting, value);
               });
    case NetnsMaker::Machine: // its own systemd reads it when it boots
        return "# /etc/sysctl.d/60-keepalive.conf inside of it\n" +
               each(values, [](const std::string& setting, std::int32_t value) {
                   return fmt::format("{} = {}\n", setting, value);
               });
    case NetnsMaker::Unit:
        return "[Service]\nExecStartPre=+/sbin/sysctl -w" + assignments(values) + "\n";
    case NetnsMaker::IpNetns:
        return isPlain(name) ? fmt::format("ip netns exec {} sysctl -w{}", name, assignments(values)) : std::string();
    case NetnsMaker::Other:
        return {};
    }
    return {};
}

} // namespace halfopen
