// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/netns_names.h"
#include "tests/core/fake_root.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace halfopen {
namespace {

const std::string kId(64, 'a');

/// A machine with some processes.
class Names : public testing::Test {
protected:
    void process(int pid, const std::string& name, int started, const std::string& cgroup = "/", int parent = 1) const {
        root.write(
            fmt::format("/proc/{}/stat", pid),
            fmt::format("{} ({}) S {} 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 {} 0 0\n", pid, name, parent, started));
        root.write(fmt::format("/proc/{}/cgroup", pid), "0::" + cgroup + "\n");
    }
    void commandLine(int pid, const std::string& words) const {
        root.write(fmt::format("/proc/{}/cmdline", pid), words);
    }
    NetnsLabel label(const FoundNetns& netns) const { return labelOf(netns, root.at("")); }

    FakeRoot root;
};

TEST_F(Names, theMachinesOwnIsTheHost) {
    process(1, "systemd", 1, "/init.scope");
    process(20, "sshd", 5, "/system.slice/ssh.service");
    const NetnsLabel label = this->label({.inode = 1, .processes = {1, 20}});
    EXPECT_EQ(label.name, "host");
    EXPECT_EQ(label.kind, NetnsKind::Machine);
    EXPECT_EQ(label.oldest, 1);
}

TEST_F(Names, whoLooksGivesNoNameToHisOwn) {
    process(::getpid(), "halfopenctl", 7);
    process(4000001, "halfopen-dump", 8, "/", ::getpid());
    FoundNetns own{.inode = 77, .own = true, .processes = {::getpid(), 4000001}};
    EXPECT_EQ(label(own).name, "net:[77]");
    process(20, "bash", 5, "/user.slice/user-1000.slice/session-3.scope");
    own.processes.insert(own.processes.begin(), 20);
    EXPECT_EQ(label(own).name, "bash 20");
    root.sysctl("tcp_max_orphans", "65536\n"); // which only the machine's first one has
    EXPECT_EQ(label(own).name, "host") << "process 1 is hidden";
    EXPECT_EQ(label({.inode = 78, .processes = {20}}).name, "bash 20");
}

TEST_F(Names, aMountedOneIsCalledAsItsFile) {
    process(50, "sleep", 9);
    EXPECT_EQ(label({.inode = 1, .processes = {50}, .mounts = {"/run/netns/blue"}}).name, "blue");
    EXPECT_EQ(label({.inode = 1, .mounts = {"/var/run/netns/green"}}).kind, NetnsKind::Named);
    EXPECT_EQ(label({.inode = 77, .mounts = {"/run/docker/netns/1234"}}).name, "net:[77]") << "an engine made that up";
    EXPECT_EQ(label({.inode = 77, .cookie = 5, .mounts = {"/run/netns/cni-1"}}).name, "netns-5");
    EXPECT_EQ(nameOfMount("/run/netns/netns-b3e1"), "");
    EXPECT_EQ(nameOfMount("/run/netns/a/b"), "");
    EXPECT_EQ(nameOfMount("/run/netns/" + std::string(4000, 'x')).size(), 128U);
}

TEST_F(Names, aContainerIsCalledAsItsEngineCallsIt) {
    process(60, "nginx", 9, "/machine.slice/libpod-" + kId + ".scope", 59);
    process(59, "conmon", 8);
    commandLine(59, std::string("/usr/bin/conmon\0-c\0", 19) + kId + std::string("\0-n\0web\0", 8));
    const NetnsLabel podman = label({.inode = 1, .processes = {60}, .mounts = {"/run/netns/netns-0815"}});
    EXPECT_EQ(podman.name, "web");
    EXPECT_EQ(podman.kind, NetnsKind::Container);
    EXPECT_EQ(podman.unit.runtime, "podman");

    process(70, "redis", 9, "/system.slice/docker-" + kId + ".scope");
    EXPECT_EQ(label({.inode = 1, .processes = {70}}).name, "docker aaaaaaaaaaaa") << "its name may not be read";
    root.write("/var/lib/docker/containers/" + kId + "/config.v2.json", R"({"State":{},"Name":"/cache","Driver":"x"})");
    EXPECT_EQ(label({.inode = 1, .processes = {70}}).name, "cache");

    process(80, "pause", 9, "/kubepods.slice/kubepods-pod1.slice/cri-containerd-" + kId + ".scope");
    root.write("/var/log/containers/shop-7d9_prod_cart-" + kId + ".log", "");
    EXPECT_EQ(label({.inode = 1, .processes = {80}}).name, "prod/shop-7d9");
}

TEST_F(Names, aContainerWithoutAControlGroupOfItsOwnIsKnownByItsMonitor) {
    process(60, "nginx", 9, "/user.slice/user-0.slice/session-1.scope", 59);
    commandLine(59, std::string("conmon\0--api-version\0001\0-n\0shop\0-u\0x\0", 37));
    EXPECT_EQ(label({.inode = 1, .processes = {60}}).name, "shop");
    EXPECT_EQ(label({.inode = 1, .processes = {60}}).kind, NetnsKind::Container);
}

TEST_F(Names, noContainerButRootsHasAnotherNameThanItsMount) {
    const FoundNetns netns{.inode = 1, .processes = {60}, .mounts = {"/run/netns/web"}};
    process(60, "nginx", 9, "/", 59);
    commandLine(59, std::string("conmon\0-n\0db", 12));
    EXPECT_EQ(label(netns).name, "web") << "whose its monitor is cannot be told";
    root.write("/proc/59/status", "Name:\tconmon\nUid:\t65534\t65534\t65534\t65534\n");
    EXPECT_EQ(label(netns).name, "web");
    root.write("/proc/59/status", "Name:\tconmon\nUid:\t0\t0\t0\t0\n");
    EXPECT_EQ(label(netns).name, "db");
    process(60, "nginx", 9, "/machine.slice/libpod-" + kId + ".scope", 1);
    root.write("/proc/1/status", "Name:\tsystemd\nUid:\t0\t0\t0\t0\n");
    EXPECT_EQ(label(netns).name, "web") << "init takes in everybody's";
}

TEST_F(Names, aServiceIsItsUnitAndAProgramItself) {
    process(90, "cupsd", 9, "/system.slice/cups.service");
    EXPECT_EQ(label({.inode = 1, .processes = {90}}).name, "cups.service");
    EXPECT_EQ(label({.inode = 1, .processes = {90}}).kind, NetnsKind::Unit);
    process(91, "bwrap", 20, "/user.slice/user-1000.slice/session-3.scope");
    process(92, "firefox", 10, "/user.slice/user-1000.slice/session-3.scope");
    const NetnsLabel program = label({.inode = 1, .processes = {91, 92}});
    EXPECT_EQ(program.name, "firefox 92") << "the oldest, whatever its number";
    EXPECT_EQ(program.kind, NetnsKind::Program);
    process(93, "bwrap", 5, "/user.slice/user-1000.slice/session-3.scope");
    EXPECT_EQ(label({.inode = 1, .processes = {92, 93}}).name, "firefox 92") << "and not what has made its sandbox";
    EXPECT_EQ(label({.inode = 1, .processes = {93}}).name, "bwrap 93") << "as long as there is nothing else";
}

TEST_F(Names, hostileNamesAreOnlyNames) {
    process(90, "a) S 1 (b", 9, "/system.slice/../../etc.service");
    const NetnsLabel label = this->label({.inode = 1, .processes = {90}});
    EXPECT_EQ(label.program, "a) S 1 (b");
    EXPECT_EQ(label.name, "etc.service");
    process(91, "x", 9, "/system.slice/docker-" + std::string(60, 'a') + "/../.scope");
    EXPECT_NE(this->label({.inode = 1, .processes = {91}}).kind, NetnsKind::Machine);
    root.write("/proc/92/stat", "garbage");
    EXPECT_EQ(this->label({.inode = 5, .processes = {92, 93}}).name, "net:[5]");
    EXPECT_EQ(nameInMonitor(""), "");
    EXPECT_EQ(nameInMonitor("conmon"), "");
    EXPECT_EQ(nameInMonitor(std::string("conmon\0-n", 9)), "");
    EXPECT_EQ(nameInMonitor(std::string("conmon\0-n\0/run/netns/web", 24)), "") << "no engine takes it for a name";
    EXPECT_EQ(nameInMonitor(std::string("conmon\0-n\0web_1.a-b", 20)), "web_1.a-b");
}

} // namespace
} // namespace halfopen
