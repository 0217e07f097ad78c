// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that another machine tells: what was found out is what it says, and its clock is known with an error.
#include "core/monitor/monitor.h"
#include "tests/core/monitor/scripted_source.h"
#include "tests/frames/scripted.h"

#include <gtest/gtest.h>

#include <memory>
#include <utility>
#include <vector>

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;

class Shifting final : public ConnectionSink {
public:
    Shifting(ConnectionSink& sink, std::chrono::nanoseconds by)
        : m_sink(sink)
        , m_by(by) {}
    void expect(std::size_t count) override { m_sink.expect(count); }
    void restart() override { m_sink.restart(); }
    void add(const Connection& connection) override {
        Connection shifted = connection;
        shifted.sampled += m_by;
        m_sink.add(shifted);
    }

private:
    ConnectionSink& m_sink;
    std::chrono::nanoseconds m_by;
};

class FarSource final : public ScriptedSource {
public:
    using ScriptedSource::ScriptedSource;
    std::optional<MachineFacts> machineFacts() const override { return facts; }
    std::vector<ToldSocket> takeTold() override { return std::exchange(told, {}); }
    /// By its own clock.
    Result<SampleSummary> sample(const SampleRequest& request, ConnectionSink& sink) override {
        Shifting shifting(sink, facts.clockOffset);
        auto summary = ScriptedSource::sample(request, shifting);
        if (summary) {
            summary->start += facts.clockOffset;
            summary->end += facts.clockOffset;
        }
        return summary;
    }

    MachineFacts facts{.host = 1, .clock = {.hz = 250, .offset = {}}};
    std::vector<ToldSocket> told;
};

class AnotherMachine : public testing::Test {
protected:
    AnotherMachine() {
        auto far = std::make_unique<FarSource>(
            std::vector<Result<std::vector<Connection>>>{std::vector<Connection>{guarded(7).connection}});
        source = far.get();
        monitor = std::make_unique<Monitor>(std::move(far), Monitor::Config{.calibrate = false});
    }
    const Row& mine() {
        frame = monitor->sample({});
        return *frame->find(7);
    }

    FarSource* source = nullptr;
    std::unique_ptr<Monitor> monitor;
    FramePtr frame;
};

TEST(AnotherMachineHistory, anEndThereIsToldByTheClockOfWhoeverReads) {
    using Sample = std::vector<Connection>;
    auto far =
        std::make_unique<FarSource>(std::vector<Result<Sample>>{Sample{guarded(7).connection}, Sample{}, Sample{}});
    far->facts.clockOffset = -1000s; // it was started later
    Monitor monitor(std::move(far), Monitor::Config{.calibrate = false, .history = std::make_shared<History>()});
    const auto begun = std::chrono::system_clock::now() - 1s;
    FramePtr frame;
    for (int i = 0; i < 4 && (!frame || frame->endings.empty()); ++i)
        frame = monitor.sample({});
    ASSERT_EQ(frame->endings.size(), 1U);
    const EndedConnection& record = *frame->endings[0];
    EXPECT_GT(record.ended.wall, begun);
    EXPECT_LE(record.ended.wall, std::chrono::system_clock::now() + 1s);
    ASSERT_TRUE(record.firstSeen);
    EXPECT_GT(record.firstSeen->wall, begun);
}

TEST_F(AnotherMachine, ownersAndOptionsAreThoseThatItTells) {
    EXPECT_EQ(mine().ownerUnknown, OwnerUnknown::NotLookedUp) << "nobody is looked for here";
    EXPECT_TRUE(monitor->settled());
    source->told = {{.cookie = 7,
                     .options = exactOptions(77, 10, 6),
                     .owners = {{.pid = 4, .fd = 3, .name = "psql"}},
                     .why = OwnerUnknown::Known}};
    const Row& row = mine();
    EXPECT_TRUE(row.options.exact());
    EXPECT_EQ(row.options.idleSeconds, 77);
    ASSERT_EQ(frame->ownersOf(row).size(), 1U);
    EXPECT_EQ(frame->ownersOf(row)[0].name, "psql");
    EXPECT_EQ(mine().options.idleSeconds, 77) << "until it tells something else";
    source->told = {{.cookie = 7, .options = {}, .owners = {}, .why = OwnerUnknown::Nowhere}};
    EXPECT_EQ(mine().ownerUnknown, OwnerUnknown::Nowhere);
    EXPECT_TRUE(frame->ownersOf(*frame->find(7)).empty());
}

TEST_F(AnotherMachine, whyNothingIsKnownItTellsToo) {
    source->told = {
        {.cookie = 7, .options = {}, .owners = {}, .why = OwnerUnknown::OtherUser, .unread = ReadRefusal::OtherUser}};
    EXPECT_EQ(mine().ownerUnknown, OwnerUnknown::OtherUser);
    EXPECT_EQ(mine().unread, ReadRefusal::OtherUser);
}

TEST_F(AnotherMachine, whatItsClockShowsIsKnownWithAnError) {
    const Moment without = mine().forecast.next;
    source->facts.clockError = 20ms;
    const Forecast& with = mine().forecast;
    const auto width = [](const Moment& moment) { return (moment.latest - moment.earliest).count(); };
    EXPECT_NEAR(width(with.next), width(without) + 40, 4) << "on both sides, but for a tick";
    EXPECT_FALSE(with.exactPhase);
}

TEST_F(AnotherMachine, anotherBootIsAnotherMachine) {
    source->told = {{.cookie = 7,
                     .options = exactOptions(77, 10, 6),
                     .owners = {{.pid = 4, .fd = 3, .name = "psql"}},
                     .why = OwnerUnknown::Known}};
    const Row& first = mine();
    const SocketKey before = frame->keyOf(first);
    EXPECT_EQ(before.host, 1U);
    source->facts.host = 2;
    const Row& row = mine();
    EXPECT_EQ(frame->keyOf(row).host, 2U);
    EXPECT_EQ(frame->find(before), nullptr);
    EXPECT_EQ(frame->rows.size(), 1U) << "nothing has ended";
    EXPECT_FALSE(row.options.exact()) << "what was told was of another socket";
    EXPECT_EQ(row.ownerUnknown, OwnerUnknown::NotLookedUp);
}

} // namespace
} // namespace halfopen
