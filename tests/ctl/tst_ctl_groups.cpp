// SPDX-License-Identifier: GPL-3.0-or-later
// Groups, the summary and the columns of what moves, on the real kernel.
#include "core/kernel/process/hosts.h"
#include "tests/core/loopback_test.h"
#include "tests/ctl/command.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <linux/sockios.h>
#include <sys/ioctl.h>

#include <array>
#include <chrono>
#include <string>
#include <thread>

namespace halfopen {
namespace {

using namespace test;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class CtlGroups : public LoopbackTest {
protected:
    std::uint16_t port() const {
        sockaddr_in address{};
        socklen_t length = sizeof address;
        EXPECT_EQ(getsockname(loopback.listener.get(), reinterpret_cast<sockaddr*>(&address), &length), 0);
        return ntohs(address.sin_port);
    }
    /// This test's own sockets: others leave theirs in TIME-WAIT.
    std::string mine() const { return fmt::format("port:{}", port()); }
    static json parsed(const std::vector<std::string>& words) {
        const auto outcome = ctl(words);
        EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
        return json::parse(outcome.out);
    }
};

TEST_F(CtlGroups, ofAStateAreALineWithACount) {
    const auto outcome = ctl({"list", "--group-by", "state", mine()});
    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    EXPECT_THAT(outcome.out, StartsWith("Group"));
    EXPECT_THAT(outcome.out, HasSubstr("ESTABLISHED      2  "));
    EXPECT_THAT(outcome.out, HasSubstr("LISTEN           1  1 listening"));
}

TEST_F(CtlGroups, standInJsonBesideTheConnections) {
    const json list = parsed({"list", "--json", "--group-by", "service", mine()});
    EXPECT_EQ(list["schema"], 1);
    EXPECT_EQ(list["connections"].size(), 3U);
    ASSERT_EQ(list["groups"].size(), 1U) << "a listener, and both sides of its connection, which is on one machine";
    const json& group = list["groups"][0];
    EXPECT_EQ(group["by"], "service");
    EXPECT_EQ(group["count"], 3);
    EXPECT_EQ(group["cookies"].size(), 3U);
    EXPECT_EQ(group["diagnoses"]["listening"], 1);
    EXPECT_FALSE(parsed({"list", "--json"}).contains("groups"));
}

TEST_F(CtlGroups, areWrittenAsCsv) {
    const auto outcome = ctl({"list", "--csv", "--group-by", "state", "--no-owners", mine()});
    EXPECT_THAT(outcome.out, StartsWith("group,kind,count,listening,"));
    EXPECT_EQ(std::ranges::count(outcome.out, '\n'), 3);
}

TEST_F(CtlGroups, byWhatDoesNotExistAreRefused) {
    const auto outcome = ctl({"list", "--group-by", "colour"});
    EXPECT_EQ(outcome.exitCode, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, HasSubstr("remote-net"));
    EXPECT_EQ(ctl({"list", "--group-by", "state", "--columns", "state"}).exitCode, 2);
}

TEST_F(CtlGroups, aFilterChoosesWhatIsGrouped) {
    const json list = parsed({"list", "--json", "--group-by", "state", "listening", mine()});
    ASSERT_EQ(list["groups"].size(), 1U);
    EXPECT_EQ(list["groups"][0]["name"], "LISTEN");
}

TEST_F(CtlGroups, theSummaryCountsByStateAndFamily) {
    const auto outcome = ctl({"summary", mine()});
    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    EXPECT_THAT(outcome.out, StartsWith("State        All  IPv4  IPv6"));
    EXPECT_THAT(outcome.out, HasSubstr("total          3     3     0"));
    const json summary = parsed({"summary", "--json", mine()});
    EXPECT_EQ(summary["schema"], 1);
    EXPECT_EQ(summary["total"]["all"], 3);
    EXPECT_EQ(summary["diagnoses"]["listening"], 1);
    EXPECT_EQ(summary["risks"]["suspect"]["count"], 0);
    const json& ports = summary["risks"]["local_ports"];
    ASSERT_FALSE(ports.empty()) << "the client's side chose a port";
    EXPECT_GE(ports[0]["used"], 1);
    EXPECT_GT(ports[0]["available"], 1000);
    EXPECT_EQ(ctl({"summary", "dport ="}).exitCode, 2);
}

TEST_F(CtlGroups, columnsTellServiceAndBytes) {
    const std::string data(1000, 'x');
    ASSERT_EQ(write(loopback.client.get(), data.data(), data.size()), 1000);
    std::string read(1000, ' ');
    ASSERT_EQ(recv(server.get(), read.data(), read.size(), MSG_WAITALL), 1000);
    int queued = 1; // until the peer has acknowledged all of it
    for (int tries = 0; tries < 3000 && queued > 0; ++tries) {
        ASSERT_EQ(ioctl(loopback.client.get(), SIOCOUTQ, &queued), 0);
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ASSERT_EQ(queued, 0);
    const auto outcome =
        ctl({"list", "--csv", "--columns", "service,sent,received,age", fmt::format("cookie:{:x}", cookie)});
    EXPECT_THAT(outcome.out, StartsWith("service,bytes_acked,bytes_received,age_ms\n"));
    EXPECT_THAT(outcome.out, HasSubstr(fmt::format("{},1001,0,", port())))
        << "and the SYN, which is acknowledged as well";
}

TEST_F(CtlGroups, areWatched) {
    const auto outcome = ctl({"watch", "--count", "2", "--interval", "250ms", "--group-by", "state", mine()});
    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("ESTABLISHED      2  "));
    const auto sample = ctl({"watch", "--count", "1", "--json", "--group-by", "state", mine()});
    EXPECT_EQ(json::parse(sample.out)["groups"].size(), 2U);
    EXPECT_EQ(ctl({"watch", "--count", "1", "--group-by", "colour"}).exitCode, 2);
    EXPECT_THAT(ctl({"watch", "--count", "1", "--columns", "service,sentrate"}).out, HasSubstr("Sent/s"));
}

TEST_F(CtlGroups, hostNamesAreLookedUpWhereTheyAreAskedFor) {
    const json row = parsed({"list", "--json", "--names", fmt::format("cookie:{:x}", cookie)})["connections"][0];
    const std::string name = nameOf(IpAddress::v4({127, 0, 0, 1}));
    EXPECT_EQ(row["remote_name"], name.empty() ? json() : json(name));
    EXPECT_TRUE(
        parsed({"list", "--json", fmt::format("cookie:{:x}", cookie)})["connections"][0]["remote_name"].is_null());
}

} // namespace
} // namespace halfopen
