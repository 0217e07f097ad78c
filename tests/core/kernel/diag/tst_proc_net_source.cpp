// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/proc_net_source.h"
#include "core/model/socket_key.h"
#include "tests/core/kernel/netns/resident.h"
#include "tests/lab/in_child.h"
#include "tests/skip.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;

constexpr MonotonicTime kNow{1h};

std::optional<Connection> parse(std::string_view line, bool inet6 = false) {
    return parseProcNetTcp(line, inet6, kNow, 7);
}

TEST(ProcNetTcp, aLineOfIpv4) {
    const auto one =
        parse("   1: 0500000A:C350 076433C6:01BB 01 00000010:00000020 02:00000A5F 00000000  1000        2 4711 2 "
              "0000000000000000 20 4 30 10 -1");
    ASSERT_TRUE(one);
    EXPECT_EQ(one->local.toString(), "10.0.0.5:50000");
    EXPECT_EQ(one->remote.toString(), "198.51.100.7:443");
    EXPECT_EQ(one->state, State::Established);
    EXPECT_EQ(one->sendQueue, 16U);
    EXPECT_EQ(one->receiveQueue, 32U);
    EXPECT_EQ(one->timer.kind(), TimerKind::Keepalive);
    EXPECT_EQ(one->timer.expires, Millis(26'550));
    EXPECT_EQ(one->timer.retransmits, 2) << "probes that stayed unanswered";
    EXPECT_EQ(one->uid, 1000U);
    EXPECT_EQ(one->inode, 4711U);
    EXPECT_EQ(one->sampled, kNow);
    EXPECT_FALSE(one->infoRequested);
    EXPECT_FALSE(one->info.present());
    EXPECT_TRUE(isStandIn(one->cookie));
}

TEST(ProcNetTcp, aLineOfIpv6) {
    const auto one = parse("   0: B80D0120000000000000000001000000:0016 0000000000000000FFFF00000200007F:D431 01 "
                           "00000000:00000000 01:00000014 00000003     0        0 99 1 0",
                           true);
    ASSERT_TRUE(one);
    EXPECT_EQ(one->local.toString(), "[2001:db8::1]:22");
    EXPECT_EQ(one->remote.toString(), "127.0.0.2:54321");
    EXPECT_EQ(one->timer.kind(), TimerKind::Retransmit);
    EXPECT_EQ(one->timer.retransmits, 3);
    EXPECT_TRUE(one->inet6);
}

TEST(ProcNetTcp, whatIsNoLineOfItIsNone) {
    for (const char* text :
         {"", "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
          "1: 2: 3", "   1: 0500000A:C350 076433C6:01BB ZZ 00000010:00000020 02:00000A5F 00000000  1000        2 4711",
          "   1: 0500000A 076433C6:01BB 01 00000010:00000020 02:00000A5F 00000000  1000        2 4711",
          "   1: 0500000A:C350 076433C6:01BB 01 00000010:00000020 02:00000A5F 00000000  1000"})
        EXPECT_FALSE(parse(text)) << text;
}

TEST(ProcNetTcp, keysTellConnectionsAndNamespacesApart) {
    constexpr std::string_view kOne =
        "1: 0500000A:C350 076433C6:01BB 01 00000000:00000000 00:00000000 00000000 0 0 1 1 0";
    constexpr std::string_view kTwo =
        "1: 0500000A:C351 076433C6:01BB 01 00000000:00000000 00:00000000 00000000 0 0 1 1 0";
    EXPECT_EQ(parse(kOne)->cookie, parse(kOne)->cookie);
    EXPECT_NE(parse(kOne)->cookie, parse(kTwo)->cookie);
    EXPECT_NE(parse(kOne)->cookie, parseProcNetTcp(kOne, false, kNow, 8)->cookie);
    constexpr std::string_view kListener =
        "1: 0500000A:C350 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 4 1";
    constexpr std::string_view kAnother =
        "1: 0500000A:C350 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 5 1";
    EXPECT_NE(parse(kListener)->cookie, parse(kAnother)->cookie) << "two on one port (SO_REUSEPORT)";
}

struct None : ConnectionSink {
    void restart() override {}
    void add(const Connection&) override {}
};

TEST(ProcNetSource, itGoesOnWithWhoeverHasComeSince) {
    if (!isRoot())
        SKIP_UNLESS_CI("needs root, to enter a namespace that another process has made");
    Resident first;
    ASSERT_EQ(first.facts().error, 0);
    struct stat status {};
    ASSERT_EQ(::stat(fmt::format("/proc/{}/net/stat", first.pid()).c_str(), &status), 0);
    auto source = ProcNetSource::open({first.pid()}, status.st_ino);
    ASSERT_TRUE(source);
    Child second([&] {
        const UniqueFd netns(::open(fmt::format("/proc/{}/ns/net", first.pid()).c_str(), O_RDONLY | O_CLOEXEC));
        EXPECT_EQ(::setns(netns.get(), CLONE_NEWNET), 0);
    });
    first.end();
    None none;
    EXPECT_TRUE((*source)->sample({}, none));
    second.end();
    EXPECT_EQ((*source)->sample({}, none).error().code, ErrorCode::NotFound);
    const Resident another;
    ASSERT_EQ(another.facts().error, 0);
    EXPECT_EQ((*source)->sample({}, none).error().code, ErrorCode::NotFound) << "no other one is taken for it";
}

TEST(ProcNetSource, anybodySeesTheConnectionsOfAnotherNamespace) {
    if (!isRoot())
        SKIP_UNLESS_CI("needs root, to make a namespace of another user's");
    Resident roots;
    ASSERT_EQ(roots.facts().error, 0);
    struct stat status {};
    ASSERT_EQ(::stat(fmt::format("/proc/{}/net/stat", roots.pid()).c_str(), &status), 0);
    const std::string said = inChild(
        [&]() -> std::string {
            auto source = ProcNetSource::open({roots.pid()}, status.st_ino);
            if (!source)
                return inEnglish(source.error());
            struct Sink : ConnectionSink {
                void restart() override {}
                void add(const Connection& connection) override {
                    listening += connection.state == State::Listen && connection.local.port == port;
                    established += connection.state == State::Established;
                }
                std::uint16_t port = 0;
                int listening = 0;
                int established = 0;
            } sink;
            sink.port = roots.facts().port;
            const auto summary = (*source)->sample({}, sink);
            return summary ? fmt::format("{} {}", sink.listening, sink.established) : inEnglish(summary.error());
        },
        kAlice);
    EXPECT_EQ(said, "1 2");
    auto source = ProcNetSource::open({roots.pid(), ::getpid()}, status.st_ino);
    ASSERT_TRUE(source) << "the first that lives there";
    roots.end();
    None none;
    const auto gone = (*source)->sample({}, none);
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code, ErrorCode::NotFound);
    EXPECT_FALSE(ProcNetSource::open({::getpid()}, status.st_ino)) << "it lives elsewhere";
}

} // namespace
} // namespace halfopen
