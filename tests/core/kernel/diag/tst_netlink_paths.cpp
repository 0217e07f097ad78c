// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/netlink_paths.h"
#include "tests/core/own_network.h"
#include "tests/skip.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <thread>

namespace halfopen::test {
namespace {

using namespace std::chrono_literals;

void ip(const std::string& words) {
    ASSERT_EQ(std::system(("ip " + words).c_str()), 0) << words;
}

Connection between(const char* local, const char* remote) {
    Connection connection;
    connection.local.address = *IpAddress::parse(local);
    connection.remote.address = *IpAddress::parse(remote);
    return connection;
}

/// A veth pair of which one end has addresses and the other one answers nothing.
class Paths : public testing::Test {
protected:
    void SetUp() override {
        if (whyNoNetwork())
            SKIP_UNLESS_CI(*whyNoNetwork());
        ip("link add near type veth peer name far");
        ip("link set near up");
        ip("link set far up arp off");
        ip("addr add 192.0.2.1/24 dev near");
        ip("-6 addr add 2001:db8::1/64 dev near nodad");
    }
    void TearDown() override {
        if (!whyNoNetwork())
            ip("link del near");
    }

    /// As a new sample finds it; copied, since the next one forgets it.
    std::optional<Path> path(const char* remote, const char* local = "192.0.2.1") {
        paths.beginSample();
        const Path* found = paths.of(between(local, remote));
        return found ? std::optional(*found) : std::nullopt;
    }
    Route route(const char* remote, const char* local = "192.0.2.1") {
        return path(remote, local).value_or(Path{}).route;
    }
    /// Waits until the entry of a neighbour is as wanted; the kernel asks three times, a second apart.
    Neighbour waitFor(const char* remote, Neighbour wanted, const char* local = "192.0.2.1") {
        const auto until = MonotonicClock::now() + 10s;
        Neighbour now{};
        do {
            now = path(remote, local).value_or(Path{}).neighbour;
            std::this_thread::sleep_for(20ms);
        } while (now != wanted && MonotonicClock::now() < until);
        return now;
    }
    static void send(const char* remote) {
        EXPECT_EQ(std::system(("bash -c 'echo > /dev/udp/" + std::string(remote) + "/9' 2>/dev/null; true").c_str()),
                  0);
    }

    NetlinkPaths paths;
};

TEST_F(Paths, neighbourThatDoesNotAnswerIsAskedAndThenFails) {
    const auto before = path("192.0.2.9");
    ASSERT_TRUE(before);
    EXPECT_EQ(before->route, Route::OnLink);
    EXPECT_EQ(before->neighbour, Neighbour::None) << "looking makes no entry";
    EXPECT_EQ(before->nextHop, *IpAddress::parse("192.0.2.9"));
    send("192.0.2.9");
    EXPECT_EQ(waitFor("192.0.2.9", Neighbour::Incomplete), Neighbour::Incomplete);
    EXPECT_LT(path("192.0.2.9")->updated, Millis(3000));
    EXPECT_EQ(waitFor("192.0.2.9", Neighbour::Failed), Neighbour::Failed);
}

TEST_F(Paths, ipv6NeighbourLikewise) {
    send("2001:db8::9");
    EXPECT_EQ(waitFor("2001:db8::9", Neighbour::Incomplete, "2001:db8::1"), Neighbour::Incomplete);
    EXPECT_EQ(route("2001:db8::9", "2001:db8::1"), Route::OnLink);
}

TEST_F(Paths, neighbourThatIsKnownIsToldAsTheKernelHasIt) {
    ip("neigh add 192.0.2.3 lladdr 02:00:00:00:00:03 nud reachable dev near");
    EXPECT_EQ(path("192.0.2.3")->neighbour, Neighbour::Reachable);
    ip("neigh add 192.0.2.4 lladdr 02:00:00:00:00:04 nud permanent dev near");
    EXPECT_EQ(path("192.0.2.4")->neighbour, Neighbour::NoArp);
    EXPECT_FALSE(path("192.0.2.4")->hasNeighbour());
}

TEST_F(Paths, gatewayIsTheNextHop) {
    ip("route add 198.51.100.0/24 via 192.0.2.254");
    const auto found = path("198.51.100.7");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->route, Route::Gateway);
    EXPECT_EQ(found->nextHop, *IpAddress::parse("192.0.2.254"));
}

TEST_F(Paths, refusalsAreToldApart) {
    EXPECT_EQ(route("203.0.113.1"), Route::None);
    for (const auto& [kind, expected] : {std::pair{"unreachable", Route::Unreachable},
                                         {"blackhole", Route::Blackhole},
                                         {"prohibit", Route::Prohibited}}) {
        ip(std::string("route add ") + kind + " 198.51.100.0/24");
        EXPECT_EQ(route("198.51.100.7"), expected) << kind;
        ip("route del 198.51.100.0/24");
    }
    EXPECT_EQ(route("192.0.2.1"), Route::Local);
}

TEST_F(Paths, ownAddressThatIsGoneIsTold) {
    EXPECT_EQ(route("192.0.2.9", "192.0.2.77"), Route::AddressGone);
    EXPECT_EQ(route("2001:db8::9", "2001:db8::77"), Route::AddressGone);
}

TEST_F(Paths, lostCarrierIsTold) {
    EXPECT_TRUE(path("192.0.2.9")->linkUp);
    ip("link set far down");
    EXPECT_FALSE(path("192.0.2.9")->linkUp);
}

TEST_F(Paths, dropsOfTheQueueAreTold) {
    // The kernel's own packets for IPv6 (router solicitations, multicast reports) would be dropped, too, at any moment.
    std::ofstream("/proc/sys/net/ipv6/conf/near/disable_ipv6") << 1 << std::flush;
    ip("neigh add 192.0.2.3 lladdr 02:00:00:00:00:03 nud permanent dev near");
    ASSERT_EQ(std::system("tc qdisc replace dev near root bfifo limit 1"), 0);
    ASSERT_TRUE(path("192.0.2.3"));
    EXPECT_FALSE(path("192.0.2.3")->dropped);
    send("192.0.2.3");
    EXPECT_TRUE(path("192.0.2.3")->dropped);
    EXPECT_FALSE(path("192.0.2.3")->dropped) << "none since";
}

TEST_F(Paths, loopbackNeedsNobody) {
    EXPECT_EQ(route("127.0.0.1", "127.0.0.1"), Route::Local);
}

TEST_F(Paths, noMoreAreLookedUpInASampleThanAllowed) {
    NetlinkPaths few(2);
    EXPECT_TRUE(few.of(between("192.0.2.1", "192.0.2.5")));
    EXPECT_TRUE(few.of(between("192.0.2.1", "192.0.2.6")));
    EXPECT_FALSE(few.of(between("192.0.2.1", "192.0.2.7")));
    EXPECT_TRUE(few.of(between("192.0.2.1", "192.0.2.5"))) << "known already";
    few.beginSample();
    EXPECT_TRUE(few.of(between("192.0.2.1", "192.0.2.7")));
}

} // namespace
} // namespace halfopen::test
