// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/forecast.h"
#include "core/kernel/diag/destroy.h"
#include "core/kernel/diag/netlink_source.h"
#include "core/kernel/sysctl/sysctl_reader.h"
#include "core/kernel/unique_fd.h"
#include "core/model/diagnosis.h"
#include "core/model/keepalive_options.h"
#include "tests/core/kernel/diag/message_builder.h"
#include "tests/core/own_network.h"
#include "tests/skip.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <fstream>
#include <vector>

namespace halfopen::test {
namespace {

constexpr int kMptcp = 262; // IPPROTO_MPTCP

std::vector<Connection> sample(NetlinkSource& source) {
    CollectingSink sink;
    const auto summary = source.sample({}, sink);
    EXPECT_TRUE(summary) << inEnglish(summary.error());
    return sink.connections;
}

std::vector<Connection> without(const std::vector<Connection>& all, State state) {
    std::vector<Connection> others;
    std::ranges::copy_if(all, std::back_inserter(others), [&](const Connection& c) { return c.state != state; });
    return others;
}

/// A connection of MPTCP on loopback, each end with one subflow.
struct MptcpPair {
    MptcpPair() {
        if (!listener || !client)
            return;
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* name = reinterpret_cast<sockaddr*>(&address);
        if (bind(listener.get(), name, size) != 0 || listen(listener.get(), 4) != 0 ||
            getsockname(listener.get(), name, &size) != 0 || connect(client.get(), name, size) != 0)
            return;
        server = UniqueFd(accept(listener.get(), nullptr, nullptr));
    }
    UniqueFd listener{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, kMptcp)};
    UniqueFd client{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, kMptcp)};
    UniqueFd server;
};

TEST(MptcpDump, aConnectionThatLostItsLastSubflowStaysInSightWithItsEnd) {
    if (whyNoNetwork())
        SKIP_UNLESS_CI(*whyNoNetwork());
    if (!std::ifstream("/proc/sys/net/mptcp/checksum_enabled"))
        GTEST_SKIP() << "this kernel has no MPTCP";
    const MptcpPair pair;
    if (!pair.server)
        GTEST_SKIP() << "net.mptcp.enabled is 0";
    auto source = NetlinkSource::open();
    ASSERT_TRUE(source) << inEnglish(source.error());
    const auto living = without(sample(**source), State::Listen);
    ASSERT_EQ(living.size(), 2U) << "two subflows, and not the connections that they belong to";
    auto destroyer = SocketDestroyer::open();
    ASSERT_TRUE(destroyer) << inEnglish(destroyer.error());
    for (const Connection& subflow : living) {
        EXPECT_EQ(subflow.upperLayer, UpperLayer::Mptcp);
        static_cast<void>(destroyer->destroy(subflow)); // the first takes the other with it
    }

    const auto whole = without(sample(**source), State::Listen);
    if (whole.empty())
        GTEST_SKIP() << "this kernel has no mptcp_diag, or ends the connection with its subflow";
    const TcpSysctls sysctls = readTcpSysctls();
    for (const Connection& connection : whole) {
        EXPECT_EQ(connection.upperLayer, UpperLayer::MptcpWithoutSubflow);
        EXPECT_EQ(connection.state, State::Established);
        const Forecast told = forecast(connection, {}, sysctls, {250, {}});
        EXPECT_TRUE(told.conditions.has(Condition::MptcpClosing));
        EXPECT_FALSE(told.conditions.has(Condition::MptcpSubflow));
        EXPECT_EQ(told.cause, GiveUpCause::MptcpClose);
        EXPECT_LE(told.givesUp.earliest.count(), sysctls.mptcpCloseTimeout * 1000U + 100);
        EXPECT_GT(told.givesUp.latest.count(), 0U);
        EXPECT_EQ(diagnose(connection, {}, told), Diagnosis::Closing);
    }
}

} // namespace
} // namespace halfopen::test
