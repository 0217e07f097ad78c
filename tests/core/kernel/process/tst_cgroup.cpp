// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/cgroup.h"
#include "core/model/process_unit.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <fstream>
#include <iterator>

namespace halfopen {
namespace {

const std::string kId = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

std::string named(const std::string& path) {
    const ProcessUnit unit = parseCgroup("0::" + path + "\n");
    return describe(unit) + (unit.user ? " (user)" : "");
}

TEST(ProcessUnit, systemdsUnitsAreNamed) {
    EXPECT_EQ(named("/system.slice/sshd.service"), "sshd.service");
    EXPECT_EQ(named("/system.slice/system-getty.slice/getty@tty1.service"), "getty@tty1.service");
    EXPECT_EQ(named("/user.slice/user-1000.slice/session-3.scope"), "session-3.scope");
    EXPECT_EQ(named("/init.scope"), "init.scope");
    EXPECT_EQ(named("/system.slice/docker.service"), "docker.service") << "the daemon itself is no container";
}

TEST(ProcessUnit, whatAUsersOwnManagerRunsIsTheUsers) {
    const std::string user = "/user.slice/user-1000.slice/user@1000.service";
    EXPECT_EQ(named(user + "/app.slice/app-firefox-1234.scope"), "app-firefox-1234.scope (user)");
    EXPECT_EQ(named(user + "/session.slice/pipewire.service"), "pipewire.service (user)");
    EXPECT_EQ(named(user), "user@1000.service");
}

TEST(ProcessUnit, escapedNamesAreReadable) {
    EXPECT_EQ(named("/system.slice/my\\x2dprogram.service"), "my-program.service");
    EXPECT_EQ(named("/system.slice/a\\x0ab.service"), "a\\x0ab.service") << "no line breaks out of a name";
    EXPECT_EQ(named("/system.slice/cut\\x2.service"), "cut\\x2.service");
}

TEST(ProcessUnit, containersAreNamedByRuntimeAndId) {
    EXPECT_EQ(named("/system.slice/docker-" + kId + ".scope"), "docker 0123456789ab");
    EXPECT_EQ(named("/docker/" + kId), "docker 0123456789ab");
    EXPECT_EQ(named("/machine.slice/libpod-" + kId + ".scope/container"), "podman 0123456789ab");
    EXPECT_EQ(named("/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-" + kId + ".scope"),
              "podman 0123456789ab");
    EXPECT_EQ(named("/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod1_2.slice/cri-containerd-" + kId +
                    ".scope"),
              "containerd 0123456789ab");
    EXPECT_EQ(named("/kubepods/burstable/pod12-34/" + kId), "kubernetes 0123456789ab");
    EXPECT_EQ(named("/kubepods.slice/kubepods-pod1.slice/crio-" + kId + ".scope"), "cri-o 0123456789ab");
    EXPECT_EQ(named("/system.slice/kubepods-pod1.slice:cri-containerd:" + kId), "containerd 0123456789ab");
    EXPECT_EQ(named("/lxc.payload.web"), "lxc web");
    EXPECT_EQ(named("/lxc/web/init.scope"), "init.scope in lxc web");
    EXPECT_EQ(named("/machine.slice/machine-de\\x2dbian.scope/payload/system.slice/nginx.service"),
              "nginx.service in machine de-bian");
    EXPECT_EQ(parseCgroup("0::/docker/" + kId).container, kId) << "in full";
}

/// A path, whom it belongs to as that is described, and the pod or task.
struct Named {
    std::string path;
    std::string unit;
    std::string pod = {};
};

TEST(ProcessUnit, containersOfEveryEngineAreNamed) {
    const std::string libpod = "libpod-" + kId + ".scope";
    const std::string pods = "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod0ab1_2c.slice";
    const std::string user = "/user.slice/user-1000.slice/user@1000.service";
    const Named all[] = {
        {"/system.slice/web.service/libpod-payload-" + kId, "web.service in podman 0123456789ab"},
        {"/system.slice/web.service/supervisor", "web.service"},
        {user + "/app.slice/web.service/libpod-payload-" + kId, "web.service in podman 0123456789ab (user)"},
        {"/machine.slice/machine-libpod_pod_" + kId + ".slice/" + libpod, "podman 0123456789ab", kId},
        {"/machine.slice/libpod-conmon-" + kId + ".scope", "libpod-conmon-" + kId + ".scope"},
        {pods + "/crio-" + kId + ".scope", "cri-o 0123456789ab", "0ab1-2c"},
        {pods + "/cri-containerd-" + kId + ".scope", "containerd 0123456789ab", "0ab1-2c"},
        {"/kubepods/besteffort/pod0ab1-2c/" + kId, "kubernetes 0123456789ab", "0ab1-2c"},
        {"/system.slice/containerd.service/kubepods-burstable-pod0ab1_2c.slice:cri-containerd:" + kId,
         "containerd 0123456789ab", "0ab1-2c"},
        {"/machine.slice/systemd-nspawn@web.service/payload/system.slice/nginx.service",
         "nginx.service in machine web"},
        {"/machine.slice/systemd-nspawn@de\\x2dbian.service/supervisor", "machine de-bian"},
        {"/lxc.payload.shop_web/system.slice/nginx.service", "nginx.service in lxc shop_web"},
        {"/lxc.monitor.web", ""},
        {"/ecs/f2b1/" + kId, "ecs 0123456789ab", "f2b1"},
        {"/ecs/cluster/f2b1/" + kId, "ecs 0123456789ab", "f2b1"},
        {"/ecs/f2b1/f2b1-1234", "ecs f2b1-1234", "f2b1"},
        {"/ecstasks.slice/ecstasks-f2b1.slice/docker-" + kId + ".scope", "docker 0123456789ab", "f2b1"},
        {"/buildkit/x7k2", "buildkit x7k2"},
        {"/garden/handle", "garden handle"},
        {user + "/user.slice/docker-" + kId + ".scope", "docker 0123456789ab"},
        {"/docker/" + kId + "/system.slice/sshd.service", "sshd.service in docker 0123456789ab"},
        {"/docker/buildx", ""},
        {user + "/app.slice/snap.firefox.firefox-0a1b.scope", "snap.firefox.firefox-0a1b.scope (user)"},
        {"/../../docker/" + kId, "docker 0123456789ab"},
    };
    for (const Named& one : all) {
        EXPECT_EQ(named(one.path), one.unit) << one.path;
        EXPECT_EQ(parseCgroupPath(one.path).pod, one.pod) << one.path;
    }
}

TEST(ProcessUnit, onAHybridMachineTheHierarchyThatNamesItIsTaken) {
    EXPECT_EQ(describe(parseCgroup("4:memory:/docker/" + kId + "\n1:name=systemd:/docker/" + kId + "\n0::/\n")),
              "docker 0123456789ab");
}

TEST(ProcessUnit, whatLooksLikeOneButIsNotIsNone) {
    EXPECT_EQ(named("/"), "");
    EXPECT_EQ(named("/user.slice"), "");
    EXPECT_EQ(named("/machine.slice/libpod-conmon-" + kId + ".scope"), "libpod-conmon-" + kId + ".scope");
    EXPECT_EQ(named("/some/" + kId), "") << "an id without a runtime";
    EXPECT_EQ(named("/docker/" + kId.substr(1)), "");
    EXPECT_EQ(named("/" + std::string(300, 'x') + ".service"), "");
    EXPECT_EQ(describe(parseCgroup("")), "");
    EXPECT_EQ(describe(parseCgroup("nonsense\n::\n0::")), "");
}

TEST(ProcessUnit, theFirstHierarchyTellsSystemdsAndAnyOther) {
    EXPECT_EQ(describe(parseCgroup("12:pids:/x\n1:name=systemd:/system.slice/cron.service\n0::/\n")), "cron.service");
    EXPECT_EQ(describe(parseCgroup("5:memory:/docker/" + kId + "\n1:name=systemd:/\n")), "docker 0123456789ab");
    EXPECT_EQ(describe(parseCgroup("1:name=systemd:/a.service\n0::/b.service\n")), "b.service");
    EXPECT_EQ(describe(parseCgroup("0::/../../c.service")), "c.service") << "seen from another cgroup namespace";
}

TEST(ProcessUnit, anyTextIsSurvived) {
    EXPECT_TRUE(rc::check([](const std::string& text) {
        describe(parseCgroup(text));
        describe(parseCgroup("0::/" + text));
    }));
}

TEST(ProcessUnit, ourOwnIsReadFromProc) {
    const int self = ::open("/proc/self", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ASSERT_GE(self, 0);
    const ProcessUnitPtr mine = readProcessUnit(self, "cgroup");
    std::ifstream file("/proc/self/cgroup");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(mine == nullptr, parseCgroup(text).empty());
    EXPECT_EQ(readProcessUnit(self, "no-such-file"), nullptr);
    ::close(self);
}

} // namespace
} // namespace halfopen
