// SPDX-License-Identifier: GPL-3.0-or-later
// The terminal as root on a kernel that lets it read sockets exactly.
#include "tests/core/kernel/bpf/exact_test.h"
#include "tests/core/loopback_test.h"
#include "tests/ctl/command.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <netinet/tcp.h>

namespace halfopen {
namespace {

using namespace test;
using nlohmann::json;
using testing::HasSubstr;

class CtlExact : public LoopbackTest {
protected:
    void SetUp() override {
        SKIP_WITHOUT_EXACT();
        LoopbackTest::SetUp();
    }

    static json frame(std::vector<std::string> words) {
        const Outcome outcome = ctl(std::move(words));
        EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
        return json::parse(outcome.out);
    }
    json mine(const json& all) const {
        for (const json& one : all["connections"])
            if (one["cookie"] == fmt::format("{:#x}", cookie))
                return one;
        ADD_FAILURE() << "the connection is not listed";
        return {};
    }
};

TEST_F(CtlExact, optionsAndOwnersAreExactAndTellWhoSetThem) {
    setOption(loopback.client.get(), IPPROTO_TCP, TCP_KEEPIDLE, 7200);
    setOption(loopback.client.get(), SOL_SOCKET, SO_KEEPALIVE, 1);
    const json all = frame({"list", "--json"});
    EXPECT_EQ(all["source"], "bpf");
    EXPECT_EQ(all["namespaces"][0]["source"], "bpf");
    const json one = mine(all);
    EXPECT_EQ(one["keepalive"]["idle_s"], (json{{"value", 7200}, {"provenance", "exact"}, {"explicit", true}}));
    EXPECT_EQ(one["keepalive"]["interval_s"]["explicit"], false);
    EXPECT_EQ(one["keepalive"]["probes"]["explicit"], false);
    EXPECT_EQ(one["forecast"]["regime"], "keepalive");
    EXPECT_EQ(one["forecast"]["phase"], "exact");
    ASSERT_EQ(one["processes"].size(), 1U);
    EXPECT_EQ(one["processes"][0]["pid"], getpid());
    EXPECT_EQ(one["processes"][0]["fd"], loopback.client.get());
}

TEST_F(CtlExact, sockDiagIsAskedWhereOneSaysSo) {
    // What is in TIME-WAIT from before may end between the two.
    const json exact = frame({"list", "--json", "exclude", "time-wait"});
    const json diag = frame({"list", "--json", "--source", "sock_diag", "exclude", "time-wait"});
    EXPECT_EQ(diag["source"], "sock_diag");
    EXPECT_EQ(exact["connections"].size(), diag["connections"].size());
    json one = mine(exact), other = mine(diag);
    for (const char* key :
         {"keepalive", "local", "remote", "processes", "queue", "state", "diagnosis", "uid", "inode"}) {
        if (std::string_view(key) == "keepalive")
            for (json* its : {&one, &other})
                for (const char* option : {"idle_s", "interval_s", "probes"})
                    (*its)[key][option].erase("explicit");
        EXPECT_EQ(one[key], other[key]) << key;
    }
    EXPECT_EQ(frame({"list", "--json", "--source", "bpf"})["source"], "bpf");
}

TEST_F(CtlExact, showAndWatchGoByItToo) {
    setOption(loopback.client.get(), SOL_SOCKET, SO_KEEPALIVE, 1);
    const Outcome shown = ctl({"show", fmt::format("{:#x}", cookie), "--json"});
    EXPECT_EQ(shown.exitCode, 0) << shown.err;
    EXPECT_THAT(shown.out, HasSubstr("\"explicit\":false"));
    const Outcome watched = ctl({"watch", "--json", "--count", "2", "--interval", "250ms"});
    EXPECT_EQ(watched.exitCode, 0) << watched.err;
    EXPECT_THAT(watched.out, HasSubstr("\"source\":\"bpf\""));
}

TEST_F(CtlExact, whoeverHasAnMptcpConnectionOwnsItsSubflows) {
    constexpr int kMptcp = 262; // IPPROTO_MPTCP
    const UniqueFd listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, kMptcp));
    const UniqueFd client(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, kMptcp));
    if (!listener || !client)
        GTEST_SKIP() << "this kernel has no MPTCP, or net.mptcp.enabled is 0";
    sockaddr_in address{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
    socklen_t size = sizeof address;
    auto* const name = reinterpret_cast<sockaddr*>(&address);
    ASSERT_EQ(bind(listener.get(), name, size), 0);
    ASSERT_EQ(listen(listener.get(), 1), 0);
    ASSERT_EQ(getsockname(listener.get(), name, &size), 0);
    ASSERT_EQ(connect(client.get(), name, size), 0);
    json subflow;
    const json all = frame({"list", "--json"});
    for (const json& one : all["connections"])
        if (one["remote"]["port"] == ntohs(address.sin_port) && one["state"] == "ESTABLISHED")
            subflow = one;
    ASSERT_FALSE(subflow.is_null());
    const json shown = frame({"show", subflow["cookie"].get<std::string>(), "--json"});
    for (const json& one : {subflow, shown["connections"][0]}) {
        ASSERT_EQ(one["processes"].size(), 1U) << one;
        EXPECT_EQ(one["processes"][0]["pid"], getpid());
        EXPECT_EQ(one["processes"][0]["fd"], client.get());
    }
    const Outcome closed = ctl({"close", subflow["cookie"].get<std::string>()});
    EXPECT_EQ(closed.exitCode, 0) << closed.err;
    EXPECT_THAT(closed.err, HasSubstr("subflows of MPTCP connections, whose programs get nothing"));
}

TEST_F(CtlExact, whoeverMayNotLoadItIsToldWhyOnlyWhereHeAskedForIt) {
    const test::Setup nobody{.inChild = [] { EXPECT_EQ(setuid(65534), 0); }};
    const Outcome asked = ctl({"list", "--source", "bpf"}, nobody);
    EXPECT_EQ(asked.exitCode, 3);
    EXPECT_THAT(asked.err, HasSubstr("BPF"));
    EXPECT_EQ(ctl({"list"}, nobody).exitCode, 0);
    EXPECT_EQ(ctl({"list", "--source", "netlink"}).exitCode, 2);
}

/// In a namespace that is only entered.
TEST_F(CtlExact, otherNamespacesAreReadLikewise) {
    const Child inside([] {
        ASSERT_FALSE(enterOwnNetwork());
        static Loopback there;
        there.connectClient();
    });
    const json all = frame({"list", "--json", "--netns", fmt::format("pid:{}", inside.pid())});
    EXPECT_EQ(all["source"], "bpf");
    ASSERT_EQ(all["connections"].size(), 3U);
    for (const json& one : all["connections"])
        EXPECT_EQ(one["keepalive"]["idle_s"]["provenance"], "exact");
}

} // namespace
} // namespace halfopen
