// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/bpf/guard_program.h"
#include "core/kernel/process/cgroup_names.h"
#include "tests/core/fake_root.h"
#include "tests/core/processes.h"
#include "tests/skip.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sched.h>

#include <netinet/tcp.h>
#include <sys/mount.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <tuple>

namespace halfopen::test {

/// Where this process is in the cgroup2 tree, from its mount.
inline std::string ownCgroup() {
    std::ifstream lines("/proc/self/cgroup");
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("0::"))
            return line.substr(3);
    return "/";
}

inline bool enterCgroup(const std::string& directory) {
    const UniqueFd procs(open((directory + "/cgroup.procs").c_str(), O_WRONLY | O_CLOEXEC));
    return procs && write(procs.get(), "0", 1) == 1;
}

/// This process's stay in a control group: what it opens meanwhile belongs there.
class Stay {
public:
    explicit Stay(const std::string& directory)
        : m_home(cgroupMount() + ownCgroup()) {
        EXPECT_TRUE(enterCgroup(directory)) << directory;
    }
    Stay(const Stay&) = delete;
    Stay& operator=(const Stay&) = delete;
    ~Stay() { EXPECT_TRUE(enterCgroup(m_home)) << m_home; }

private:
    std::string m_home;
};

/// What a socket has: keepalive, idle, interval, probes, user timeout.
using KeepaliveOf = std::tuple<int, int, int, int, int>;
inline KeepaliveOf keepaliveOf(int fd) {
    return {optionOf(fd, SOL_SOCKET, SO_KEEPALIVE), optionOf(fd, IPPROTO_TCP, TCP_KEEPIDLE),
            optionOf(fd, IPPROTO_TCP, TCP_KEEPINTVL), optionOf(fd, IPPROTO_TCP, TCP_KEEPCNT),
            optionOf(fd, IPPROTO_TCP, TCP_USER_TIMEOUT)};
}
inline const KeepaliveOf kUntouched{0, 7200, 75, 9, 0};

/// Whether its keepalive timer runs, and for how long yet in seconds at most; 0: it does not.
/// Source: net/ipv4/tcp_ipv4.c, get_tcp4_sock(): timer_active 2, clock ticks of 1/100 s.
inline double timerOf(int fd) {
    for (const char* file : {"/proc/self/net/tcp", "/proc/self/net/tcp6"}) {
        std::ifstream lines(file);
        for (std::string line; std::getline(lines, line);) {
            std::istringstream words(line);
            std::string number, local, remote, state, queues, timer, retransmits, uid, timeout;
            std::uint32_t inode = 0;
            words >> number >> local >> remote >> state >> queues >> timer >> retransmits >> uid >> timeout >> inode;
            if (words && inode == inodeOf(fd) && timer.starts_with("02:"))
                return std::stoi(timer.substr(3), nullptr, 16) / 100.0;
        }
    }
    return 0;
}

/// A cgroup2 directory and a BPF file system of the test's own. The guard is attached to the one and kept in the other.
class GuardTest : public testing::Test {
protected:
    void SetUp() override {
        if (geteuid() != 0)
            SKIP_UNLESS_CI("only root may guard connections");
        if (cgroupMount().empty())
            GTEST_SKIP() << "no cgroup2 file system is mounted";
        m_top = fmt::format("{}/halfopen-test-{}", cgroupMount(), getpid());
        if (mkdir(m_top.c_str(), 0755) != 0)
            GTEST_SKIP() << "no control group can be made in " << cgroupMount() << ": " << strerror(errno);
        ASSERT_EQ(unshare(CLONE_NEWNS), 0);
        ASSERT_EQ(mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr), 0);
        std::filesystem::create_directories(root.at("/bpf"));
        if (mount("bpf", root.at("/bpf").c_str(), "bpf", 0, nullptr) != 0)
            GTEST_SKIP() << "no BPF file system can be mounted: " << strerror(errno);
        places = {m_top, root.at("/bpf")};
        const auto tried = GuardProgram::install(places, {});
        if (!tried)
            GTEST_SKIP() << inEnglish(tried.error());
        ASSERT_EQ(GuardProgram::remove(places), true);
    }
    void TearDown() override {
        umount2(root.at("/bpf").c_str(), MNT_DETACH);
        if (m_top.empty())
            return;
        std::vector<std::string> all{m_top};
        for (const auto& entry : std::filesystem::recursive_directory_iterator(m_top))
            if (entry.is_directory())
                all.push_back(entry.path().string());
        for (auto at = all.rbegin(); at != all.rend(); ++at)
            EXPECT_EQ(rmdir(at->c_str()), 0) << *at << ": " << strerror(errno);
    }

    /// Makes it. @param path  "a.slice/b.service"
    std::string cgroup(const std::string& path) const {
        std::filesystem::create_directories(m_top + '/' + path);
        return m_top + '/' + path;
    }
    GuardProgram guarding(const std::vector<GuardRule>& rules) const {
        auto made = GuardProgram::install(places, rules);
        EXPECT_TRUE(made) << inEnglish(made.error());
        return std::move(*made);
    }
    static GuardCounts countsOf(const GuardProgram& program, const std::string& unit = kUnit) {
        const auto rules = program.rules();
        for (const GuardState& one : rules ? *rules : std::vector<GuardState>())
            if (one.rule.unit == unit)
                return one.counts;
        ADD_FAILURE() << "no rule of " << unit;
        return {};
    }

    inline static const std::string kUnit = "guarded.service";
    inline static const GuardRule kRule{kUnit, 300, 60, 5, 0};
    inline static const KeepaliveOf kGuarded{1, 300, 60, 5, 0};

    FakeRoot root;
    GuardPlaces places;

private:
    std::string m_top;
};

} // namespace halfopen::test
