// SPDX-License-Identifier: GPL-3.0-or-later
// Subflows of an MPTCP connection as the terminal tells them: whose they are.
#include "tests/core/mptcp_connection.h"
#include "tests/core/own_network.h"
#include "tests/ctl/command.h"
#include "tests/skip.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <poll.h>

#include <optional>

namespace halfopen {
namespace {

using namespace test;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class CtlMptcp : public testing::TestWithParam<const char*> {
protected:
    void SetUp() override {
        if (whyNoNetwork())
            SKIP_UNLESS_CI(*whyNoNetwork());
        network.emplace();
        if (!network->can())
            GTEST_SKIP() << "this kernel or this iproute2 has no MPTCP, or net.mptcp.enabled is 0";
        listener.emplace();
        connection.emplace(*listener);
        ASSERT_TRUE(connection->made);
        for (int i = 0; i < 100 && ends().size() < 2; ++i)
            ::poll(nullptr, 0, 20);
        if (ends().size() < 2)
            GTEST_SKIP() << "this kernel makes no second subflow on loopback";
    }
    /// What `list` shows, without the listener.
    json list(std::vector<std::string> filter = {}) const {
        filter.insert(filter.begin(), {"list", "--json", "--source", GetParam(), "state", "established"});
        const Outcome listed = ctl(filter);
        EXPECT_EQ(listed.exitCode, 0) << listed.err;
        return json::parse(listed.out)["connections"];
    }
    /// The subflows of the client's end.
    json ends() const {
        json client = json::array();
        for (const json& one : list())
            if (one["remote"]["port"] == listener->port)
                client.push_back(one);
        return client;
    }

    std::optional<MptcpNetwork> network;
    std::optional<MptcpListener> listener;
    std::optional<MptcpConnection> connection;
};

TEST_P(CtlMptcp, subflowsNameTheirConnectionAndEachOther) {
    const json client = ends();
    ASSERT_EQ(client.size(), 2U);
    const json first = client[0]["mptcp"];
    EXPECT_EQ(first, client[1]["mptcp"]);
    EXPECT_THAT(first["subflows"], testing::UnorderedElementsAre(client[0]["cookie"], client[1]["cookie"]));
    ASSERT_TRUE(first["token"].is_string()) << first;
    // As the kernel's own tool has it.
    const std::string token = first["token"];
    EXPECT_THAT(run({"ss", "-MinH"}).out, HasSubstr("token:" + token.substr(2) + " "));

    const json all = list();
    ASSERT_EQ(all.size(), 4U) << "two of each end";
    for (const json& one : all)
        EXPECT_EQ(one["mptcp"] == first, one["remote"]["port"] == listener->port) << "the other end has a token too";
    EXPECT_EQ(list({"mptcp:" + token}).size(), 2U);
    EXPECT_EQ(list({"mptcp=none"}).size(), 0U);
}

TEST_P(CtlMptcp, oneOfThemIsExplainedWithTheOthers) {
    const json client = ends();
    ASSERT_EQ(client.size(), 2U);
    const Outcome shown = ctl({"show", client[0]["cookie"], "--source", GetParam()});
    EXPECT_THAT(shown.out, AllOf(HasSubstr("The token of its connection is "), HasSubstr("other subflows of it: "),
                                 HasSubstr(std::string(client[1]["cookie"])), HasSubstr("It is a subflow of")))
        << shown.err;
    EXPECT_THAT(shown.out, Not(HasSubstr("(" + std::string(client[0]["cookie"]) + ")")));
    const json told = json::parse(ctl({"show", "--json", client[0]["cookie"], "--source", GetParam()}).out);
    EXPECT_EQ(told["connections"][0]["mptcp"], client[0]["mptcp"]);
}

INSTANTIATE_TEST_SUITE_P(Sources, CtlMptcp, testing::Values("sock_diag", "auto"));

} // namespace
} // namespace halfopen
