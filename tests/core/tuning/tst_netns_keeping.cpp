// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/netns_keeping.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

constexpr KeepaliveDefaults kValues{600, 30, 5};

NetnsInside madeBy(const std::string& runtime, const std::string& unit = {}, NetnsKind kind = NetnsKind::Container) {
    NetnsInside inside{.kind = kind};
    inside.unit.runtime = runtime;
    inside.unit.unit = unit;
    return inside;
}

TEST(NetnsKeeping, whoMakesItIsKnownByItsUnit) {
    EXPECT_EQ(makerOf(madeBy("docker")), NetnsMaker::Docker);
    EXPECT_EQ(makerOf(madeBy("podman")), NetnsMaker::Podman);
    EXPECT_EQ(makerOf(madeBy("podman", "web.service")), NetnsMaker::Quadlet);
    EXPECT_EQ(makerOf(madeBy("cri-o")), NetnsMaker::Kubernetes);
    EXPECT_EQ(makerOf(madeBy("machine")), NetnsMaker::Machine);
    EXPECT_EQ(makerOf(madeBy("", "cups.service", NetnsKind::Unit)), NetnsMaker::Unit);
    EXPECT_EQ(makerOf(madeBy("", "", NetnsKind::Named)), NetnsMaker::IpNetns);
    EXPECT_EQ(makerOf(madeBy("", "", NetnsKind::Program)), NetnsMaker::Other);
}

TEST(NetnsKeeping, theLinesAreWhatEachOfThemTakes) {
    EXPECT_EQ(linesToKeep(NetnsMaker::Docker, "web", kValues),
              "sysctls:\n  net.ipv4.tcp_keepalive_time: 600\n  net.ipv4.tcp_keepalive_intvl: 30\n"
              "  net.ipv4.tcp_keepalive_probes: 5\n");
    EXPECT_EQ(linesToKeep(NetnsMaker::Quadlet, "web", kValues),
              "[Container]\nSysctl=net.ipv4.tcp_keepalive_time=600\nSysctl=net.ipv4.tcp_keepalive_intvl=30\n"
              "Sysctl=net.ipv4.tcp_keepalive_probes=5\n");
    EXPECT_EQ(linesToKeep(NetnsMaker::Kubernetes, "web", kValues),
              "securityContext:\n  sysctls:\n"
              "  - name: net.ipv4.tcp_keepalive_time\n    value: \"600\"\n"
              "  - name: net.ipv4.tcp_keepalive_intvl\n    value: \"30\"\n"
              "  - name: net.ipv4.tcp_keepalive_probes\n    value: \"5\"\n");
    EXPECT_EQ(linesToKeep(NetnsMaker::Podman, "web", kValues),
              "podman run --sysctl net.ipv4.tcp_keepalive_time=600 --sysctl net.ipv4.tcp_keepalive_intvl=30 "
              "--sysctl net.ipv4.tcp_keepalive_probes=5");
    EXPECT_EQ(linesToKeep(NetnsMaker::Unit, "cups.service", kValues),
              "[Service]\nExecStartPre=+/sbin/sysctl -w net.ipv4.tcp_keepalive_time=600 "
              "net.ipv4.tcp_keepalive_intvl=30 net.ipv4.tcp_keepalive_probes=5\n");
    EXPECT_EQ(linesToKeep(NetnsMaker::Machine, "box", kValues),
              "# /etc/sysctl.d/60-keepalive.conf inside of it\nnet.ipv4.tcp_keepalive_time = 600\n"
              "net.ipv4.tcp_keepalive_intvl = 30\nnet.ipv4.tcp_keepalive_probes = 5\n")
        << "systemd-nspawn has no option for them";
    EXPECT_EQ(linesToKeep(NetnsMaker::IpNetns, "blue", kValues),
              "ip netns exec blue sysctl -w net.ipv4.tcp_keepalive_time=600 net.ipv4.tcp_keepalive_intvl=30 "
              "net.ipv4.tcp_keepalive_probes=5");
    EXPECT_EQ(linesToKeep(NetnsMaker::Other, "web", kValues), "");
}

TEST(NetnsKeeping, aNameThatAShellWouldReadIsInNoCommand) {
    EXPECT_EQ(linesToKeep(NetnsMaker::IpNetns, "a;reboot", kValues), "");
}

} // namespace
} // namespace halfopen
