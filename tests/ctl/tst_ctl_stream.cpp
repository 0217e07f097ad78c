// SPDX-License-Identifier: GPL-3.0-or-later
// halfopenctl stream, as the far end of ssh would hear it.
#include "core/kernel/diag/event_source.h"
#include "core/kernel/diag/message_reader.h"
#include "tests/core/loopback_test.h"
#include "tests/ctl/command.h"
#include "tests/ctl/far_end.h"

#include <gmock/gmock.h>

#include <netinet/tcp.h>

#include <cstdlib>
#include <optional>

namespace halfopen {
namespace {

using namespace test;
using testing::HasSubstr;

class Collect : public ConnectionSink {
public:
    void restart() override {}
    void add(const Connection& connection) override { all.push_back(connection); }
    std::vector<Connection> all;
};

/// The dump that it tells next, and what it has found out until then.
class CtlStream : public LoopbackTest {
protected:
    static bool isEnd(const stream::Message& message) { return std::holds_alternative<stream::End>(message); }

    /// @return until it has told a whole dump and `enough` is so
    bool hear(
        FarEnd& far, const std::function<bool()>& enough = [] { return true; }) {
        return far.readUntil([&](const stream::Message& message, ByteView raw) {
            if (std::holds_alternative<stream::Begin>(message))
                dump = {};
            if (const auto* batch = std::get_if<stream::BatchMark>(&message))
                take(*batch, raw);
            if (const auto* sockets = std::get_if<stream::Told>(&message))
                told.insert(told.end(), sockets->sockets.begin(), sockets->sockets.end());
            if (const auto* sysctls = std::get_if<TcpSysctls>(&message))
                settings = *sysctls;
            if (const auto* its = std::get_if<stream::End>(&message))
                end = *its;
            return isEnd(message) && enough();
        });
    }
    void take(const stream::BatchMark& batch, ByteView raw) {
        std::vector<std::uint8_t> detail;
        std::size_t consumed = 0;
        EXPECT_LE(MonotonicTime{}, batch.sampled);
        EXPECT_LE(batch.sampled, MonotonicClock::now());
        if (!batch.ofMptcp) {
            EXPECT_TRUE(readBatch(raw, batch.sampled, {.checkOrigin = false}, dump, detail, consumed));
        }
    }
    const Connection* mine() const {
        const auto one = std::ranges::find(dump.all, cookie, &Connection::cookie);
        return one == dump.all.end() ? nullptr : &*one;
    }
    const ToldSocket* toldOfMine() const {
        for (auto one = told.rbegin(); one != told.rend(); ++one)
            if (one->cookie == cookie)
                return &*one;
        return nullptr;
    }

    Collect dump;
    std::vector<ToldSocket> told;
    std::optional<TcpSysctls> settings;
    std::optional<stream::End> end;
};

TEST_F(CtlStream, tellsWhatTheKernelSays) {
    for (const std::vector<std::string>& words : {std::vector<std::string>{}, {"--zstd"}}) {
        FarEnd far(words);
        ASSERT_TRUE(hear(far));
        EXPECT_EQ(far.hello().protocol, stream::kProtocol);
        EXPECT_FALSE(far.hello().bootId.empty());
        EXPECT_EQ(far.hello().uid, geteuid());
        EXPECT_TRUE(far.hello().events);
        EXPECT_FALSE(far.hello().owners);
        EXPECT_EQ(far.hello().zstd, !words.empty() && stream::hasZstd());
        ASSERT_TRUE(mine());
        EXPECT_EQ(mine()->state, State::Established);
        EXPECT_TRUE(mine()->info.present());
        EXPECT_TRUE(settings);
        EXPECT_TRUE(told.empty()) << "nobody has asked for owners";
        EXPECT_TRUE(end->settled);
        far.say("quit\n");
        EXPECT_EQ(far.exitCode(), 0);
    }
}

TEST_F(CtlStream, ownersAndOptionsFollow) {
    setOption(loopback.client.get(), SOL_SOCKET, SO_KEEPALIVE, 1);
    setOption(loopback.client.get(), IPPROTO_TCP, TCP_KEEPIDLE, 77);
    FarEnd far({"--owners", "--interval", "250ms", "--once"});
    ASSERT_TRUE(hear(far, [this] { return toldOfMine() && toldOfMine()->options; }));
    EXPECT_EQ(toldOfMine()->options->idleSeconds, 77);
    ASSERT_FALSE(toldOfMine()->owners.empty());
    EXPECT_EQ(toldOfMine()->owners.front().pid, getpid());
    EXPECT_EQ(toldOfMine()->owners.front().fd, loopback.client.get());
    const std::size_t before = told.size();
    ASSERT_TRUE(hear(far, [this] { return end->settled; }));
    ASSERT_TRUE(hear(far));
    EXPECT_EQ(told.size(), before) << "what is known is told once";
}

TEST_F(CtlStream, answersWithItsClocks) {
    FarEnd far({"--once"});
    const auto asked = MonotonicClock::now().time_since_epoch();
    far.say(".\n");
    std::optional<stream::Pong> answer;
    ASSERT_TRUE(far.readUntil([&](const stream::Message& message, ByteView) {
        if (const auto* pong = std::get_if<stream::Pong>(&message))
            answer = *pong;
        return answer.has_value();
    }));
    EXPECT_GE(answer->clocks.monotonic, asked);
    EXPECT_LE(answer->clocks.monotonic, MonotonicClock::now().time_since_epoch());
    EXPECT_GE(answer->clocks.boot, answer->clocks.monotonic);
}

TEST_F(CtlStream, anEndIsToldAtOnce) {
    FarEnd far({"--interval", "10s", "--once"});
    ASSERT_TRUE(hear(far));
    loopback.client.reset();
    server.reset();
    std::vector<DestroyEvent> events;
    ASSERT_TRUE(far.readUntil([&](const stream::Message& message, ByteView raw) {
        if (const auto* mark = std::get_if<stream::EventsMark>(&message))
            decodeDestroyEvents(raw, mark->received, events);
        return std::ranges::any_of(events, [this](const auto& one) { return one.connection.cookie == cookie; });
    }));
}

TEST_F(CtlStream, itsOwnConnectionIsNamed) {
    FarEnd far({"--interval", "250ms"});
    ASSERT_TRUE(hear(far));
    if (end->own.empty())
        GTEST_SKIP() << "the tick can be read here";
    EXPECT_TRUE(std::ranges::any_of(
        dump.all, [this](const Connection& one) { return std::ranges::find(end->own, one.cookie) != end->own.end(); }));
}

TEST_F(CtlStream, endsWhereNobodyIsLeft) {
    FarEnd far({"--once"});
    ASSERT_TRUE(hear(far));
    far.closeInput();
    EXPECT_EQ(far.exitCode(), 0);
    FarEnd noise({"--once"});
    ASSERT_TRUE(hear(noise));
    noise.say(std::string(3000, 'x'));
    EXPECT_EQ(noise.exitCode(), 0) << "this is not meant for it";
}

TEST_F(CtlStream, theIntervalCanBeAnother) {
    FarEnd far({"--interval", "10s", "--once"});
    ASSERT_TRUE(hear(far));
    far.say("tomorrow's order\ninterval 250ms\n");
    EXPECT_TRUE(hear(far));
    EXPECT_TRUE(hear(far));
}

TEST_F(CtlStream, whatItDoesNotUnderstandItRefuses) {
    EXPECT_EQ(ctl({"stream"}).exitCode, 2);
    EXPECT_EQ(ctl({"stream", "--nonce", "xyz"}).exitCode, 2);
    EXPECT_EQ(ctl({"stream", "--nonce", "ab", "--interval", "1h"}).exitCode, 2);
}

/// What sshd does for command="halfopenctl stream" in authorized_keys.
Outcome forced(const std::string& original) {
    return ctl({"stream"}, {.inChild = [original] { setenv("SSH_ORIGINAL_COMMAND", original.c_str(), 1); }});
}

TEST_F(CtlStream, aForcedCommandTakesTheWordsOfStreamAlone) {
    EXPECT_EQ(forced("halfopenctl stream --nonce ab12 --interval 1000ms --zstd --owners --once").exitCode, 0);
    for (const char* other :
         {"", "id", "halfopenctl list", "halfopenctl stream", "halfopenctl stream --nonce ab; id",
          "halfopenctl stream --nonce ab12 --netns $(id)", "halfopenctl stream --nonce ab12 --interval 1h",
          "halfopenctl stream --nonce ab12 --verbose", "halfopenctl stream --nonce"}) {
        const Outcome refused = forced(other);
        EXPECT_EQ(refused.exitCode, 2) << other << refused.err;
        EXPECT_EQ(refused.out, "") << other;
    }
}

} // namespace
} // namespace halfopen
