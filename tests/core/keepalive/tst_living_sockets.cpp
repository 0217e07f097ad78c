// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keepalive/knowledge.h"
#include "core/kernel/diag/netlink_source.h"
#include "tests/core/processes.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <netinet/tcp.h>

#include <map>
#include <optional>

namespace halfopen {
namespace {

using namespace std::chrono_literals;
using namespace test;

/// A connection over loopback with keepalive on, and what its samples have given away.
struct Watched {
    Watched(int idle, int interval) {
        setOption(loopback.client.get(), IPPROTO_TCP, TCP_KEEPIDLE, idle);
        setOption(loopback.client.get(), IPPROTO_TCP, TCP_KEEPINTVL, interval);
        setOption(loopback.client.get(), SOL_SOCKET, SO_KEEPALIVE, 1);
        loopback.connectClient();
        server = loopback.accepted();
        cookie = cookieOf(loopback.client.get());
        truth.idleSeconds = idle;
        truth.intervalSeconds = interval;
        truth.enabled = Switch::On;
    }
    void see(const Connection& now) {
        Past past;
        if (then) {
            past = {&*then, &known, {}};
            contradictions += contradicts(now, &*then, truth);
        }
        learn(now, past, TcpSysctls{}, known);
        then = now;
    }

    Loopback loopback;
    UniqueFd server;
    std::uint64_t cookie = 0;
    KeepaliveOptions truth, known;
    std::optional<Connection> then;
    int contradictions = 0;
};

class Watch : public ConnectionSink {
public:
    explicit Watch(std::initializer_list<Watched*> watched) {
        for (Watched* one : watched)
            m_watched[one->cookie] = one;
    }
    void restart() override {}
    void add(const Connection& connection) override {
        if (const auto it = m_watched.find(connection.cookie); it != m_watched.end())
            it->second->see(connection);
    }

private:
    std::map<std::uint64_t, Watched*> m_watched;
};

TEST(LivingSockets, giveTheirOptionsAwayToWhoeverWatches) {
    Watched quiet(2, 1), slow(3, 2), busy(2, 1);
    Watch watch{&quiet, &slow, &busy};
    auto source = NetlinkSource::open();
    ASSERT_TRUE(source) << inEnglish(source.error());
    const auto end = MonotonicClock::now() + 10s;
    for (int tick = 1; MonotonicClock::now() < end; ++tick) {
        poll(nullptr, 0, 70);
        ASSERT_EQ(send(busy.server.get(), "x", 1, 0), 1);
        if (tick % 5 == 0) {
            ASSERT_TRUE((*source)->sample({}, watch));
        }
    }
    for (const Watched* one : {&quiet, &slow, &busy}) {
        EXPECT_EQ(one->known.enabled, Switch::On);
        EXPECT_EQ(one->known.idleSeconds, one->truth.idleSeconds);
        EXPECT_EQ(one->known.idleFrom, Provenance::Inferred);
        EXPECT_EQ(one->contradictions, 0);
    }
    for (const Watched* one : {&quiet, &slow}) {
        EXPECT_EQ(one->known.intervalSeconds, one->truth.intervalSeconds);
        EXPECT_EQ(one->known.intervalFrom, Provenance::Inferred);
    }
    EXPECT_EQ(busy.known.intervalFrom, Provenance::Assumed) << "it never had to be probed";
}

} // namespace
} // namespace halfopen
