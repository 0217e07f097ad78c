// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sysctl/boot_reader.h"
#include "core/model/boot_configuration.h"
#include "core/tuning/export_text.h"
#include "tests/core/fake_root.h"

#include <gtest/gtest.h>

namespace halfopen::test {
namespace {

constexpr KeepaliveDefaults kValues{600, 30, 5};

TEST(Export, theFileIsReadBackAtBoot) {
    const FakeRoot root;
    root.write("/etc/sysctl.d/" + exportFileName(ExportFormat::SysctlFile),
               exportText(ExportFormat::SysctlFile, kValues));
    const auto configuration = readBootConfiguration(root.path());
    const auto at = [&](Setting setting) { return configuration.winner(setting, BootReader::Systemd)->value; };
    EXPECT_EQ(at(Setting::KeepaliveTime), 600);
    EXPECT_EQ(at(Setting::KeepaliveInterval), 30);
    EXPECT_EQ(at(Setting::KeepaliveProbes), 5);
}

TEST(Export, commandsForAShell) {
    EXPECT_EQ(exportText(ExportFormat::SysctlCommands, kValues), "sudo sysctl -w net.ipv4.tcp_keepalive_time=600\n"
                                                                 "sudo sysctl -w net.ipv4.tcp_keepalive_intvl=30\n"
                                                                 "sudo sysctl -w net.ipv4.tcp_keepalive_probes=5\n");
}

TEST(Export, anAnsibleTask) {
    EXPECT_EQ(exportText(ExportFormat::AnsibleTask, kValues),
              "- name: Set the defaults of TCP keepalive\n"
              "  become: true\n"
              "  ansible.posix.sysctl:\n"
              "    name: \"{{ item.name }}\"\n"
              "    value: \"{{ item.value }}\"\n"
              "    sysctl_file: /etc/sysctl.d/60-keepalive.conf\n"
              "    sysctl_set: true\n"
              "    state: present\n"
              "  loop:\n"
              "    - { name: net.ipv4.tcp_keepalive_time, value: \"600\" }\n"
              "    - { name: net.ipv4.tcp_keepalive_intvl, value: \"30\" }\n"
              "    - { name: net.ipv4.tcp_keepalive_probes, value: \"5\" }\n");
}

TEST(Export, aSecurityContext) {
    const std::string text = exportText(ExportFormat::KubernetesPod, kValues);
    EXPECT_NE(text.find("spec:\n"
                        "  securityContext:\n"
                        "    sysctls:\n"
                        "      - name: net.ipv4.tcp_keepalive_time\n"
                        "        value: \"600\"\n"
                        "      - name: net.ipv4.tcp_keepalive_intvl\n"
                        "        value: \"30\"\n"
                        "      - name: net.ipv4.tcp_keepalive_probes\n"
                        "        value: \"5\"\n"),
              std::string::npos)
        << text;
}

} // namespace
} // namespace halfopen::test
