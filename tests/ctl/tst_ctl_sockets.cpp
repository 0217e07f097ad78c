// SPDX-License-Identifier: GPL-3.0-or-later
// halfopenctl set, close and show --exact on living connections, in a network namespace of the test's own.
#include "tests/core/loopback_test.h"
#include "tests/ctl/command.h"
#include "tests/skip.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <netinet/tcp.h>
#include <sys/resource.h>

#include <cerrno>
#include <cstdlib>

namespace halfopen {
namespace {

using namespace test;
using nlohmann::json;
using testing::ContainsRegex;
using testing::HasSubstr;
using Words = std::vector<std::string>;

std::string hex(std::uint64_t cookie) {
    return fmt::format("{:#x}", cookie);
}

/// A user without rights, on a machine without a bus.
Setup asNobody() {
    return {.inChild = [] {
        setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere", 1);
        becomeNobody();
    }};
}

/// A terminal on standard input at which somebody types `answer`.
class Terminal {
public:
    explicit Terminal(const std::string& answer)
        : m_master(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
        EXPECT_EQ(grantpt(m_master.get()), 0);
        EXPECT_EQ(unlockpt(m_master.get()), 0);
        m_slave.reset(open(ptsname(m_master.get()), O_RDWR | O_NOCTTY | O_CLOEXEC));
        EXPECT_TRUE(m_slave);
        EXPECT_EQ(write(m_master.get(), answer.data(), answer.size()), static_cast<ssize_t>(answer.size()));
    }
    Setup asInput() const {
        return {.inChild = [this] { dup2(m_slave.get(), STDIN_FILENO); }};
    }

private:
    UniqueFd m_master;
    UniqueFd m_slave;
};

class CtlSockets : public LoopbackTest {
protected:
    int optionOf(int level, int name) const { return test::optionOf(loopback.client.get(), level, name); }
    int error() const { return optionOf(SOL_SOCKET, SO_ERROR); }
    std::string clientPort() const {
        sockaddr_in local{};
        socklen_t size = sizeof local;
        EXPECT_EQ(getsockname(loopback.client.get(), reinterpret_cast<sockaddr*>(&local), &size), 0);
        return ":" + std::to_string(ntohs(local.sin_port));
    }
};

TEST_F(CtlSockets, setShowsWhatWasWhatIsAndTheArmedTimer) {
    const auto set = ctl({"set", hex(cookie), "--keepalive", "on", "--idle", "1m", "--interval", "10s", "--probes", "5",
                          "--user-timeout", "30000"});
    EXPECT_EQ(set.exitCode, 0) << set.err;
    EXPECT_THAT(set.out, HasSubstr("keepalive off -> on 60/10/5, user timeout 30 s"));
    EXPECT_THAT(set.out, ContainsRegex("timer none -> keepalive in (59 s|1m)"));
    EXPECT_EQ(optionOf(SOL_SOCKET, SO_KEEPALIVE), 1);
    EXPECT_EQ(optionOf(IPPROTO_TCP, TCP_KEEPIDLE), 60);
    EXPECT_EQ(optionOf(IPPROTO_TCP, TCP_USER_TIMEOUT), 30000);
    EXPECT_EQ(ctl({"set", hex(cookie), "--keepalive", "off"}).exitCode, 0);
    EXPECT_EQ(optionOf(SOL_SOCKET, SO_KEEPALIVE), 0);
}

TEST_F(CtlSockets, setAsJsonHasTheConnectionBeforeAndAfter) {
    const auto set = ctl({"set", hex(cookie), "--keepalive", "on", "--idle", "90", "--json"});
    ASSERT_EQ(set.exitCode, 0) << set.err;
    const json told = json::parse(set.out);
    EXPECT_EQ(told["schema"], 1);
    EXPECT_TRUE(told["failed"].empty());
    ASSERT_EQ(told["changed"].size(), 1U);
    const json& change = told["changed"][0];
    EXPECT_EQ(change["before"]["cookie"], hex(cookie));
    EXPECT_EQ(change["before"]["keepalive"]["enabled"]["value"], false);
    EXPECT_EQ(change["before"]["timer"]["kind"], "none");
    EXPECT_EQ(change["after"]["keepalive"]["idle_s"]["value"], 90);
    EXPECT_EQ(change["after"]["keepalive"]["idle_s"]["provenance"], "exact");
    EXPECT_EQ(change["after"]["timer"]["kind"], "keepalive");
    EXPECT_GT(change["after"]["timer"]["expires_ms"], 80'000);
}

TEST_F(CtlSockets, whereSomeFailTheOthersAreDoneAndEachIsNamed) {
    const auto set = ctl({"set", "0xfffffff", hex(cookie), hex(cookie), "--probes", "4", "--json"});
    EXPECT_EQ(set.exitCode, 1);
    const json told = json::parse(set.out);
    EXPECT_EQ(told["changed"].size(), 1U) << "named twice, done once";
    EXPECT_EQ(told["failed"][0]["cookie"], "0xfffffff");
    EXPECT_EQ(told["failed"][0]["error"]["code"], "not-found");
    EXPECT_THAT(json::parse(set.err)["error"]["message"].get<std::string>(), HasSubstr("0xfffffff: "));
    EXPECT_EQ(optionOf(IPPROTO_TCP, TCP_KEEPCNT), 4);
    EXPECT_EQ(ctl({"close", "0xfffffff", hex(cookie)}).exitCode, 1);
    EXPECT_EQ(error(), ECONNABORTED);
}

TEST_F(CtlSockets, wordsWithoutSenseAreUsageErrorsAndChangeNothing) {
    const std::string it = hex(cookie);
    for (const Words& words : {Words{"set"},
                               {"set", it},
                               {"set", it, "--keepalive", "maybe"},
                               {"set", it, "--idle", "0"},
                               {"set", it, "--idle", "32768"},
                               {"set", it, "--idle", "1500ms"},
                               {"set", it, "--interval", "soon"},
                               {"set", it, "--probes", "128"},
                               {"set", it, "--user-timeout", "-1"},
                               {"set", "0", "--probes", "3"},
                               {"set", "ffffffffffffffff", "--probes", "3"},
                               {"close"},
                               {"close", it, "--filter", "x"},
                               {"close", "--filter", ""},
                               {"close", "zz"},
                               {"close", "ffffffffffffffff"},
                               {"show", it, "--exact", "--replay", "x"}}) {
        const auto refused = ctl(words);
        EXPECT_EQ(refused.exitCode, 2) << refused.out << refused.err << testing::PrintToString(words);
        EXPECT_TRUE(refused.out.empty());
    }
    EXPECT_EQ(optionOf(IPPROTO_TCP, TCP_KEEPCNT), 9);
    EXPECT_EQ(error(), 0);
}

TEST_F(CtlSockets, anothersSocketWithoutAHelperIsNotPermittedAndTellsTheCommand) {
    if (!isRoot())
        SKIP_UNLESS_CI("needs root to become another user");
    const auto set = ctl({"set", hex(cookie), "--keepalive", "on"}, asNobody());
    EXPECT_EQ(set.exitCode, 3);
    EXPECT_THAT(set.err, HasSubstr("There is no system bus"));
    EXPECT_THAT(set.err, HasSubstr("sudo halfopenctl set " + hex(cookie) + " --keepalive on"));
    const auto closed = ctl({"close", hex(cookie)}, asNobody());
    EXPECT_EQ(closed.exitCode, 3);
    EXPECT_THAT(closed.err, HasSubstr("sudo halfopenctl close " + hex(cookie)));
    EXPECT_EQ(ctl({"show", hex(cookie), "--exact"}, asNobody()).exitCode, 3);
    EXPECT_EQ(ctl({"show", hex(cookie)}, asNobody()).exitCode, 0);
    EXPECT_EQ(error(), 0);
}

TEST_F(CtlSockets, onesOwnNeedsNoHelper) {
    if (!isRoot())
        SKIP_UNLESS_CI("needs root to become another user");
    int ends[2];
    ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
    const Child owner([&] {
        becomeNobody();
        prctl(PR_SET_DUMPABLE, 1);
        Loopback own;
        own.connectClient();
        const std::uint64_t its = cookieOf(own.client.get());
        [[maybe_unused]] const auto written = write(ends[1], &its, sizeof its);
        [[maybe_unused]] const int kept = own.client.release() + own.listener.release();
    });
    std::uint64_t its = 0;
    ASSERT_EQ(read(ends[0], &its, sizeof its), static_cast<ssize_t>(sizeof its));
    const auto nobody = asNobody();
    const auto set = ctl({"set", hex(its), "--keepalive", "on", "--idle", "60"}, nobody);
    EXPECT_EQ(set.exitCode, 0) << set.err;
    EXPECT_THAT(set.out, HasSubstr("-> on 60/75/9"));
    const auto closed = ctl({"close", hex(its)}, nobody);
    EXPECT_EQ(closed.exitCode, 0) << closed.err;
    EXPECT_THAT(ctl({"close", hex(its)}, nobody).err, HasSubstr("There is no TCP socket"));
}

TEST_F(CtlSockets, filterAsksAndOnlyYesCloses) {
    const Words close{"close", "--filter", clientPort()};
    const auto unasked = ctl(close);
    EXPECT_EQ(unasked.exitCode, 2);
    EXPECT_THAT(unasked.err, HasSubstr("--yes"));
    EXPECT_EQ(error(), 0);

    const Terminal no("n\n");
    const auto declined = ctl(close, no.asInput());
    EXPECT_EQ(declined.exitCode, 1);
    EXPECT_THAT(declined.err, HasSubstr("these 2 connections")) << "both ends";
    EXPECT_THAT(declined.err, HasSubstr("ESTABLISHED"));
    EXPECT_EQ(error(), 0);

    const Terminal yes("y\n");
    const auto closed = ctl(close, yes.asInput());
    EXPECT_EQ(closed.exitCode, 0) << closed.err;
    EXPECT_THAT(closed.out, HasSubstr("Closed " + hex(cookie)));
    EXPECT_NE(error(), 0);
}

TEST_F(CtlSockets, filterWithYesLeavesListenersAlone) {
    const auto listener = ":" + std::to_string(ntohs(loopback.address.sin_port));
    const auto closed = ctl({"close", "--filter", listener, "--yes", "--json"});
    const json told = json::parse(closed.out);
    EXPECT_FALSE(told["closed"].empty());
    for (const auto& one : told["closed"])
        EXPECT_NE(one, hex(cookieOf(loopback.listener.get())));
    EXPECT_NE(error(), 0);
    loopback.client.reset(socket(AF_INET, SOCK_STREAM, 0));
    loopback.connectClient();
    EXPECT_TRUE(loopback.accepted());
    EXPECT_EQ(ctl({"close", hex(cookieOf(loopback.listener.get()))}).exitCode, 2);
    EXPECT_EQ(ctl({"close", "--filter", "nothing-is-called-so", "--yes"}).exitCode, 1);
}

TEST_F(CtlSockets, aSocketThatIsBoundAloneIsSetAndNotClosed) {
    const UniqueFd bound = boundToLoopback();
    const auto its = hex(cookieOf(bound.get()));
    if (ctl({"show", its}).exitCode != 0)
        GTEST_SKIP() << "this kernel lists no bound sockets (since Linux 6.8)";
    const auto closed = ctl({"close", its});
    EXPECT_EQ(closed.exitCode, 2);
    EXPECT_THAT(closed.err, HasSubstr("is bound, neither listening nor connected"));
    EXPECT_EQ(ctl({"set", its, "--keepalive", "on", "--idle", "61"}).exitCode, 0);
    EXPECT_EQ(test::optionOf(bound.get(), IPPROTO_TCP, TCP_KEEPIDLE), 61);
}

TEST_F(CtlSockets, showExactReadsWhatMayBeRead) {
    const auto shown = ctl({"show", hex(cookie), "--exact", "--json"});
    ASSERT_EQ(shown.exitCode, 0) << shown.err;
    const json connection = json::parse(shown.out)["connections"][0];
    EXPECT_EQ(connection["keepalive"]["idle_s"]["provenance"], "exact");
    for (const auto& sentence : connection["forecast"]["assumes"]) // what must not happen, and no value
        EXPECT_TRUE(sentence == "the peer stays silent" ||
                    sentence.get<std::string>().starts_with("the program sends"));
    EXPECT_EQ(ctl({"show", "0xfffffff", "--exact"}).exitCode, 1);
}

/// A connection to measure the kernel's tick with would be seen by others, and takes longer than anybody waits.
TEST_F(CtlSockets, commandsThatLookOnceOpenNoConnection) {
    const test::Setup withoutConnections{.inChild = [] {
        becomeNobody(); // root reads the tick and needs none
        const sock_filter filter[] = {
            BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 4),
            BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[0])),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET, 1, 0),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET6, 0, 1),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        };
        if (!filterCalls(filter))
            _exit(90);
    }};
    for (const Words& words : {Words{"list"}, {"list", "--json"}, {"show", hex(cookie)}, {"sysctl"}}) {
        const auto outcome = ctl(words, withoutConnections);
        EXPECT_EQ(outcome.signal, 0) << words.front() << " was killed for opening a socket";
        EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    }
}

/// Of other sockets' descriptors none is fetched.
TEST_F(CtlSockets, showAndSetReadTheSocketMeantAlone) {
    const UniqueFd crowd(socket(AF_INET, SOCK_STREAM, 0)); // in no dump: a search for dead connections would fetch it
    const int fd = loopback.client.get();
    const test::Setup fetchingThisAlone{.inChild = [fd] {
        if (!dieOfFetchingAnother(fd))
            _exit(90);
    }};
    const auto shown = ctl({"show", hex(cookie), "--json"}, fetchingThisAlone);
    ASSERT_EQ(shown.signal, 0) << "it was killed for fetching another";
    ASSERT_EQ(shown.exitCode, 0) << shown.err;
    const json row = json::parse(shown.out)["connections"][0];
    EXPECT_EQ(row["keepalive"]["idle_s"]["provenance"], "exact");
    EXPECT_EQ(row["processes"][0]["pid"], getpid());
    const auto set = ctl({"set", hex(cookie), "--probes", "3", "--json"}, fetchingThisAlone);
    ASSERT_EQ(set.signal, 0) << "it was killed for fetching another";
    EXPECT_EQ(set.exitCode, 0) << set.err;
    EXPECT_EQ(json::parse(set.out)["changed"][0]["after"]["keepalive"]["probes"]["provenance"], "exact");
}

TEST_F(CtlSockets, manyAreSetInOneCall) {
    const auto outcome = ctl({"set", hex(cookie), hex(cookieOf(server.get())), "--keepalive", "on", "--idle", "44"});
    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    for (const int fd : {loopback.client.get(), server.get()})
        EXPECT_EQ(test::optionOf(fd, IPPROTO_TCP, TCP_KEEPIDLE), 44);
}

/// Row by row a reason of its own, and never "no descriptor" for what was not looked up.
TEST_F(CtlSockets, withTooFewDescriptorsNobodyIsSaidToHoldNothing) {
    bool listed = false;
    std::size_t looked = 0;
    for (rlim_t most = 4; most < 80; ++most) {
        const auto outcome = ctl({"list", "--json"}, {.inChild = [most] {
                                     const rlimit limit{most, most};
                                     setrlimit(RLIMIT_NOFILE, &limit);
                                 }});
        listed = listed || outcome.exitCode == 0; // from the fewest with which there is a dump at all
        if (!listed)
            continue;
        ASSERT_EQ(outcome.exitCode, 0) << "with " << most << ": " << outcome.err;
        const json list = json::parse(outcome.out);
        for (const json& row : list["connections"])
            if (row["inode"] != 0 && row["processes"].empty()) {
                EXPECT_EQ(row["processes_unknown"], "not looked up") << "with " << most;
                ++looked;
            }
    }
    EXPECT_GE(looked, 3U);
}

} // namespace
} // namespace halfopen
