// SPDX-License-Identifier: GPL-3.0-or-later
// On the real kernel: which connections are guarded, and which are left alone.
#include "core/kernel/bpf/guard_program.h"
#include "tests/core/kernel/bpf/guard_test.h"
#include "tests/core/own_network.h"

#include <linux/bpf.h>

#include <array>
#include <cerrno>
#include <optional>

namespace halfopen {
namespace {

using namespace test;

class Guard : public GuardTest {
protected:
    void SetUp() override {
        if (whyNoNetwork())
            SKIP_UNLESS_CI(*whyNoNetwork());
        GuardTest::SetUp();
    }
};

/// A connection whose both ends, and listener, are made where this process is now.
struct Connected : Loopback {
    Connected() {
        connectClient();
        server = accepted();
    }
    UniqueFd server;
};

TEST_F(Guard, bothDirectionsAreGuardedAndTheTimerRuns) {
    const GuardProgram program = guarding({kRule});
    const Stay stay(cgroup(kUnit));
    const Connected made;
    for (const UniqueFd* end : {&made.client, &made.server}) {
        EXPECT_EQ(keepaliveOf(end->get()), kGuarded);
        EXPECT_GT(timerOf(end->get()), 200);
        EXPECT_LE(timerOf(end->get()), 300.1);
    }
    EXPECT_EQ(keepaliveOf(made.listener.get()), kUntouched);
    EXPECT_EQ(countsOf(program), (GuardCounts{1, 1, 0, 0}));
}

TEST_F(Guard, outsideNothingIsTouched) {
    const GuardProgram program = guarding({kRule});
    cgroup(kUnit);
    const Connected nowhere;
    const Stay stay(cgroup("other.service"));
    const Connected other;
    for (const UniqueFd* end : {&nowhere.client, &nowhere.server, &other.client, &other.server}) {
        EXPECT_EQ(keepaliveOf(end->get()), kUntouched);
        EXPECT_EQ(timerOf(end->get()), 0);
    }
    EXPECT_EQ(countsOf(program), GuardCounts());
}

TEST_F(Guard, v6IsGuarded) {
    const GuardProgram program = guarding({kRule});
    const Stay stay(cgroup(kUnit));
    const UniqueFd listener(socket(AF_INET6, SOCK_STREAM, 0));
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_addr = in6addr_loopback;
    socklen_t size = sizeof address;
    if (!listener || bind(listener.get(), reinterpret_cast<sockaddr*>(&address), size) != 0)
        GTEST_SKIP() << "a kernel without IPv6";
    ASSERT_EQ(listen(listener.get(), 5), 0);
    ASSERT_EQ(getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size), 0);
    const UniqueFd client(socket(AF_INET6, SOCK_STREAM, 0));
    ASSERT_EQ(connect(client.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
    const UniqueFd server(accept(listener.get(), nullptr, nullptr));
    EXPECT_EQ(keepaliveOf(client.get()), kGuarded);
    EXPECT_EQ(keepaliveOf(server.get()), kGuarded);
    EXPECT_GT(timerOf(client.get()), 0);
    EXPECT_GT(timerOf(server.get()), 0);
}

TEST_F(Guard, fastOpenIsGuarded) {
    // Of this namespace: both sides, and without a cookie (include/net/tcp.h, TFO_CLIENT_NO_COOKIE,
    // TFO_SERVER_COOKIE_NOT_REQD).
    std::ofstream("/proc/sys/net/ipv4/tcp_fastopen") << 0x207;
    const GuardProgram program = guarding({kRule});
    const Stay stay(cgroup(kUnit));
    Loopback made;
    setOption(made.listener.get(), IPPROTO_TCP, TCP_FASTOPEN, 5);
    ASSERT_EQ(sendto(made.client.get(), "x", 1, MSG_FASTOPEN, reinterpret_cast<sockaddr*>(&made.address),
                     sizeof made.address),
              1);
    const UniqueFd server = made.accepted();
    char byte = 0;
    ASSERT_EQ(read(server.get(), &byte, 1), 1);
    tcp_info info{};
    socklen_t size = sizeof info;
    ASSERT_EQ(getsockopt(made.client.get(), IPPROTO_TCP, TCP_INFO, &info, &size), 0);
    EXPECT_TRUE(info.tcpi_options & TCPI_OPT_SYN_DATA) << "it was no Fast Open";
    EXPECT_EQ(keepaliveOf(made.client.get()), kGuarded);
    EXPECT_EQ(keepaliveOf(server.get()), kGuarded);
    EXPECT_GT(timerOf(server.get()), 0);
}

TEST_F(Guard, subflowsOfMptcpAreGuarded) {
    const GuardProgram program = guarding({kRule});
    const Stay stay(cgroup(kUnit));
    Loopback made;
    made.listener.reset(socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP));
    made.client.reset(socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP));
    if (!made.listener || !made.client)
        GTEST_SKIP() << "a kernel without MPTCP: " << strerror(errno);
    made.address.sin_port = 0;
    ASSERT_EQ(bind(made.listener.get(), reinterpret_cast<sockaddr*>(&made.address), sizeof made.address), 0);
    ASSERT_EQ(listen(made.listener.get(), 5), 0);
    socklen_t size = sizeof made.address;
    ASSERT_EQ(getsockname(made.listener.get(), reinterpret_cast<sockaddr*>(&made.address), &size), 0);
    made.connectClient();
    const UniqueFd server = made.accepted();
    ASSERT_TRUE(server);
    EXPECT_EQ(countsOf(program), (GuardCounts{1, 1, 0, 0})) << "the subflow of each side";
}

TEST_F(Guard, whatIsBelowAUnitBelongsToIt) {
    const GuardProgram program = guarding({{"a.slice", 900, 0, 0, 0}, kRule});
    const auto idleIn = [this](const std::string& path) {
        const Stay stay(cgroup(path));
        const Connected made;
        return optionOf(made.client.get(), IPPROTO_TCP, TCP_KEEPIDLE);
    };
    EXPECT_EQ(idleIn(kUnit + "/inner"), 300);
    EXPECT_EQ(idleIn("a.slice/b/c/d"), 900);
    EXPECT_EQ(idleIn("a.slice/" + kUnit), 300) << "the innermost one counts";
    EXPECT_EQ(idleIn("a.slice/1/2/3/4/5/6"), 900) << "seven above";
    EXPECT_EQ(idleIn("b.slice/a"), 7200);
}

TEST_F(Guard, otherNamespacesOfTheUnitAreGuarded) {
    const GuardProgram program = guarding({kRule});
    const std::string where = cgroup(kUnit);
    EXPECT_EQ(inChild([&] {
                  if (!enterCgroup(where) || enterOwnNetwork())
                      return "no namespace";
                  const Connected made;
                  return keepaliveOf(made.client.get()) == kGuarded && keepaliveOf(made.server.get()) == kGuarded
                             ? "guarded"
                             : "not guarded";
              }),
              "guarded");
    EXPECT_EQ(countsOf(program), (GuardCounts{1, 1, 0, 0}));
}

TEST_F(Guard, whatTheProgramAskedForStays) {
    const GuardProgram program = guarding({{kUnit, 300, 60, 5, 20'000}});
    const Stay stay(cgroup(kUnit));
    Loopback asked;
    setOption(asked.client.get(), SOL_SOCKET, SO_KEEPALIVE, 1);
    setOption(asked.client.get(), IPPROTO_TCP, TCP_KEEPIDLE, 33);
    asked.connectClient();
    EXPECT_EQ(keepaliveOf(asked.client.get()), (KeepaliveOf{1, 33, 75, 9, 0}));
    EXPECT_EQ(countsOf(program), (GuardCounts{0, 1, 1, 0}));
    Loopback part;
    setOption(part.client.get(), IPPROTO_TCP, TCP_KEEPIDLE, 33);
    setOption(part.client.get(), IPPROTO_TCP, TCP_USER_TIMEOUT, 7000);
    part.connectClient();
    EXPECT_EQ(keepaliveOf(part.client.get()), (KeepaliveOf{1, 33, 60, 5, 7000}));
    EXPECT_EQ(keepaliveOf(part.accepted().get()), (KeepaliveOf{1, 300, 60, 5, 20'000}));
    EXPECT_EQ(countsOf(program), (GuardCounts{1, 2, 1, 0}));
}

TEST_F(Guard, whatTheProgramSaysLaterWins) {
    const GuardProgram program = guarding({kRule});
    const Stay stay(cgroup(kUnit));
    const Connected made;
    setOption(made.client.get(), SOL_SOCKET, SO_KEEPALIVE, 1);
    setOption(made.client.get(), IPPROTO_TCP, TCP_KEEPIDLE, 44);
    EXPECT_EQ(keepaliveOf(made.client.get()), (KeepaliveOf{1, 44, 60, 5, 0}));
    EXPECT_LE(timerOf(made.client.get()), 44.1);
    setOption(made.server.get(), SOL_SOCKET, SO_KEEPALIVE, 0);
    EXPECT_EQ(timerOf(made.server.get()), 0);
}

TEST_F(Guard, whatWasMadeBeforeItMovedInIsNotGuarded) {
    const GuardProgram program = guarding({kRule});
    Loopback old;
    const Stay stay(cgroup(kUnit));
    old.connectClient();
    EXPECT_EQ(keepaliveOf(old.client.get()), kUntouched);
    EXPECT_EQ(keepaliveOf(old.accepted().get()), kUntouched) << "a child of the old listener";
    const UniqueFd fresh(socket(AF_INET, SOCK_STREAM, 0));
    ASSERT_EQ(connect(fresh.get(), reinterpret_cast<sockaddr*>(&old.address), sizeof old.address), 0);
    EXPECT_EQ(keepaliveOf(fresh.get()), kGuarded);
}

TEST_F(Guard, takenBackItGuardsNoMoreAndWhatIsGuardedStays) {
    guarding({kRule});
    const Stay stay(cgroup(kUnit));
    const Connected before;
    ASSERT_EQ(GuardProgram::remove(places), true);
    const Connected after;
    EXPECT_EQ(keepaliveOf(before.client.get()), kGuarded);
    EXPECT_GT(timerOf(before.client.get()), 0);
    EXPECT_EQ(keepaliveOf(after.client.get()), kUntouched);
    EXPECT_EQ(GuardProgram::remove(places), false);
    EXPECT_TRUE(std::filesystem::is_empty(places.bpffs + "/halfopen"));
    EXPECT_EQ(GuardProgram::pinned(places).value(), std::nullopt) << "an empty directory is no guard";
}

TEST_F(Guard, aUnitThatStopsAndStartsStaysGuarded) {
    guarding({kRule}); // and the process that set it is done with it
    for (int start = 0; start < 2; ++start) {
        const std::string where = cgroup(kUnit);
        {
            const Stay stay(where);
            const Connected made;
            EXPECT_EQ(keepaliveOf(made.client.get()), kGuarded) << start;
        }
        ASSERT_EQ(rmdir(where.c_str()), 0);
    }
    const auto again = GuardProgram::pinned(places);
    ASSERT_TRUE(again && *again);
    EXPECT_EQ(countsOf(**again), (GuardCounts{2, 2, 0, 0}));
}

TEST_F(Guard, rulesChangeWhileItWorks) {
    GuardProgram program = guarding({kRule});
    const Stay stay(cgroup(kUnit));
    const auto idle = [] { return optionOf(Connected().client.get(), IPPROTO_TCP, TCP_KEEPIDLE); };
    EXPECT_EQ(idle(), 300);
    ASSERT_TRUE(program.set({kUnit, 400, 0, 0, 0}));
    EXPECT_EQ(idle(), 400);
    EXPECT_EQ(program.forget(kUnit), true);
    EXPECT_EQ(program.forget(kUnit), false);
    EXPECT_EQ(idle(), 7200);
    ASSERT_TRUE(program.set({"", 500, 0, 0, 0}));
    EXPECT_EQ(idle(), 500) << "every connection";
    guarding({{kUnit, 600, 0, 0, 0}}); // in its place
    EXPECT_EQ(idle(), 600);
}

/// Names of 63 bytes and those that do not fit into the keys for them: each is itself, and no beginning of another.
TEST_F(Guard, longNamesAreNamesLikeOthers) {
    const auto name = [](std::size_t size) { return std::string(size, 'n'); };
    GuardProgram program = guarding({{name(63), 63, 0, 0, 0}, {name(64), 64, 0, 0, 0}, {name(255), 255, 0, 0, 0}});
    const auto idleIn = [&](std::size_t size) {
        const Stay stay(cgroup(name(size)));
        return optionOf(Connected().client.get(), IPPROTO_TCP, TCP_KEEPIDLE);
    };
    for (const std::size_t size : {62, 63, 64, 65, 72, 254, 255})
        EXPECT_EQ(idleIn(size), size == 63 || size == 64 || size == 255 ? static_cast<int>(size) : 7200) << size;
    const std::string docker = "docker-" + std::string(64, 'f') + ".scope";
    ASSERT_TRUE(program.set({docker, 77, 0, 0, 0}));
    {
        const Stay stay(cgroup("system.slice/" + docker + "/inner"));
        EXPECT_EQ(optionOf(Connected().client.get(), IPPROTO_TCP, TCP_KEEPIDLE), 77);
    }
    EXPECT_EQ(countsOf(program, docker).active, 1U);
    EXPECT_EQ(program.rules()->size(), 4U);
    EXPECT_EQ(program.forget(name(255)), true);
    EXPECT_EQ(program.forget(name(255)), false);
    EXPECT_EQ(program.forget(name(256)), false);
    EXPECT_EQ(idleIn(255), 7200);
    EXPECT_EQ(idleIn(64), 64);
}

TEST_F(Guard, asManyRulesAsThereCanBe) {
    GuardProgram program = guarding({});
    for (int i = 0; i < 256; ++i)
        ASSERT_TRUE(program.set({fmt::format("u{:03}.service", i), i + 1, 0, 0, 0}));
    for (const std::string& unit : {kUnit, std::string(100, 'n')}) {
        const auto more = program.set({unit, 60, 0, 0, 0});
        ASSERT_FALSE(more);
        EXPECT_EQ(inEnglish(more.error()), "There are 256 rules already, and no more can be.");
    }
    EXPECT_TRUE(program.set({"u007.service", 8, 0, 0, 0})) << "one that is there already";
    const auto rules = program.rules();
    ASSERT_TRUE(rules);
    ASSERT_EQ(rules->size(), 256U);
    EXPECT_EQ(rules->back().rule, (GuardRule{"u255.service", 256, 0, 0, 0}));
}

TEST_F(Guard, valuesOutOfRangeDoNotReachTheKernel) {
    GuardProgram program = guarding({});
    for (const GuardRule& rule : {GuardRule{kUnit, 0, 1, 1, 0},
                                  {kUnit, -1, 1, 1, 0},
                                  {kUnit, 32768, 1, 1, 0},
                                  {kUnit, 1, 32768, 1, 0},
                                  {kUnit, 1, 1, 128, 0},
                                  {kUnit, 1, 1, 1, -1},
                                  {"a/b", 1, 1, 1, 0},
                                  {"..", 1, 1, 1, 0},
                                  {std::string(256, 'n'), 1, 1, 1, 0}}) {
        const auto set = program.set(rule);
        ASSERT_FALSE(set) << rule.unit;
        EXPECT_EQ(set.error().code, ErrorCode::Usage);
    }
    EXPECT_TRUE(program.rules()->empty());
}

/// A program that does nothing, attached so that none may be beside it. @return whether it is
bool attachAlone(const std::string& cgroup) {
    const std::array<bpf_insn, 2> code{{{BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 1}, {BPF_JMP | BPF_EXIT, 0, 0, 0, 0}}};
    bpf_attr load{};
    load.prog_type = BPF_PROG_TYPE_SOCK_OPS;
    load.insns = reinterpret_cast<std::uintptr_t>(code.data());
    load.insn_cnt = code.size();
    load.license = reinterpret_cast<std::uintptr_t>("GPL");
    const UniqueFd program(static_cast<int>(syscall(SYS_bpf, BPF_PROG_LOAD, &load, sizeof load)));
    const UniqueFd directory(open(cgroup.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    bpf_attr attach{};
    attach.target_fd = static_cast<std::uint32_t>(directory.get());
    attach.attach_bpf_fd = static_cast<std::uint32_t>(program.get());
    attach.attach_type = BPF_CGROUP_SOCK_OPS;
    return program && syscall(SYS_bpf, BPF_PROG_ATTACH, &attach, sizeof attach) == 0;
}

TEST_F(Guard, besideAProgramThatSuffersNoneItSaysSo) {
    ASSERT_TRUE(attachAlone(places.cgroup)) << strerror(errno);
    const auto made = GuardProgram::install(places, {kRule});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::NotPermitted);
    EXPECT_NE(inEnglish(made.error()).find("suffers none beside it"), std::string::npos) << inEnglish(made.error());
    EXPECT_FALSE(std::filesystem::exists(places.bpffs + "/halfopen/guard_link")) << "nothing half-made is left";
    EXPECT_FALSE(std::filesystem::exists(places.bpffs + "/halfopen/guard_rules"));
}

TEST_F(Guard, whatIsMissingIsSaid) {
    const auto says = [](const GuardPlaces& where) {
        const auto made = GuardProgram::install(where, {});
        return made ? "installed" : inEnglish(made.error());
    };
    EXPECT_EQ(says({"", places.bpffs}), "There is no cgroup2 file system here, by whose directories units are known.");
    EXPECT_EQ(says({"/proc", places.bpffs}), says({"", places.bpffs}));
    EXPECT_EQ(says({places.cgroup, root.path()}),
              fmt::format("No BPF file system is mounted at {}, where the guard is kept.", root.path()));
    EXPECT_EQ(inChild([&] { return forbidCall(SYS_bpf, EPERM) ? says(places) : "no filter"; }),
              "The kernel lets this process load no BPF programs: Operation not permitted.");
    EXPECT_EQ(inChild(
                  [&] {
                      const auto made = GuardProgram::install({places.cgroup, places.bpffs}, {});
                      return std::string(made ? "" : made.error().code == ErrorCode::NotPermitted ? "no" : "other");
                  },
                  kNobody),
              "no");
}

TEST_F(Guard, pinsOfOthersAreNotHeeded) {
    const std::string pins = places.bpffs + "/halfopen";
    const auto refused = [&](const char* what) {
        for (const bool read : {true, false}) {
            const auto opened = GuardProgram::pinned(places);
            const auto made = GuardProgram::install(places, {});
            const std::optional<Error> error = read ? (opened ? std::nullopt : std::optional(opened.error()))
                                                    : (made ? std::nullopt : std::optional(made.error()));
            ASSERT_TRUE(error) << what;
            EXPECT_EQ(error->code, ErrorCode::NotPermitted) << what;
        }
    };
    ASSERT_TRUE(mkdir(pins.c_str(), 0777) == 0 || errno == EEXIST);
    ASSERT_EQ(chmod(pins.c_str(), 0777), 0);
    refused("writable by others");
    ASSERT_EQ(chmod(pins.c_str(), 0700), 0);
    ASSERT_EQ(chown(pins.c_str(), kNobody, kNobody), 0);
    refused("somebody else's");
    ASSERT_EQ(rmdir(pins.c_str()), 0);
    ASSERT_EQ(symlink(root.path().c_str(), pins.c_str()), 0);
    refused("a link");
    ASSERT_EQ(unlink(pins.c_str()), 0);
}

TEST_F(Guard, oneThatIsAttachedElsewhereIsMadeAnew) {
    guarding({kRule});
    const GuardPlaces elsewhere{cgroup("sub"), places.bpffs};
    const auto there = GuardProgram::pinned(elsewhere);
    ASSERT_TRUE(there);
    EXPECT_FALSE(*there);
    ASSERT_TRUE(GuardProgram::install(elsewhere, {kRule}));
    const Stay stay(cgroup(kUnit));
    EXPECT_EQ(keepaliveOf(Connected().client.get()), kUntouched) << "only what is below it";
}

} // namespace
} // namespace halfopen
