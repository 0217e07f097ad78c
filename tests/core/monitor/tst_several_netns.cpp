// SPDX-License-Identifier: GPL-3.0-or-later
// One frame of several network namespaces.
#include "core/history/history.h"
#include "core/monitor/monitor.h"
#include "tests/frames/scripted.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;
using testing::HasSubstr;

/// Of a note: what it says in English.
template <class Matcher>
auto saying(Matcher matcher) {
    return testing::ResultOf([](const Sentence& note) { return inEnglish(note); }, matcher);
}

constexpr NetnsId kHere = 10;
constexpr NetnsId kThere = 20;

/// What one namespace says from now on; its test changes it between two samples.
struct Netns {
    NetnsId inode = 0;
    std::vector<Connection> connections;
    TcpSysctls sysctls;
    std::optional<Error> error;
    bool interrupted = false; ///< the dump begins again once
    std::chrono::milliseconds takes{0};
    int samples = 0;
    bool toTheTick = false; ///< as the last sample was asked for
};

class NetnsSource final : public Source {
public:
    explicit NetnsSource(Netns& netns)
        : m_netns(netns) {}

    Result<SampleSummary> sample(const SampleRequest& request, ConnectionSink& sink) override {
        ++m_netns.samples;
        m_netns.toTheTick = request.toTheTick;
        m_taken += m_netns.takes; // that is what a dump costs
        SampleSummary summary;
        summary.start = MonotonicClock::now();
        summary.netns = m_netns.inode;
        for (int pass = m_netns.interrupted ? 0 : 1; pass < 2; ++pass) {
            for (Connection connection : m_netns.connections) {
                connection.sampled = summary.start;
                sink.add(connection);
            }
            if (m_netns.error)
                return tl::unexpected(*m_netns.error);
            if (pass == 0)
                sink.restart();
        }
        summary.end = MonotonicClock::now();
        return summary;
    }
    bool live() const override { return true; }
    std::chrono::nanoseconds helpersTime() const override { return m_taken; }
    std::optional<MachineFacts> machineFacts() const override {
        MachineFacts facts;
        facts.sysctls = m_netns.sysctls;
        facts.clock = {.hz = 250, .offset = 1};
        facts.interfaces = {{7, "eth" + std::to_string(m_netns.inode)}};
        return facts;
    }

private:
    Netns& m_netns;
    std::chrono::nanoseconds m_taken{};
};

class SeveralNetns : public testing::Test {
protected:
    WatchedNetns watched(Netns& netns) {
        return {.source = std::make_unique<NetnsSource>(netns), .events = nullptr, .access = nullptr, .name = "blue"};
    }
    void SetUp() override {
        here.connections = {unguarded(1).connection, listening(2).connection};
        there.connections = {unguarded(3).connection, listening(4).connection};
        there.sysctls.keepaliveTime = 600;
        monitor.watch(watched(there));
    }
    FramePtr sample() { return monitor.sample({.interval = 10s}); }
    static const Row* rowOf(const Frame& frame, std::uint64_t cookie, NetnsId netns) {
        return frame.find(SocketKey{cookie, netns});
    }

    Netns here{.inode = kHere};
    Netns there{.inode = kThere};
    HistoryPtr history = std::make_shared<History>();
    Monitor monitor{watched(here), {.owners = false, .options = false, .calibrate = false, .history = history}};
};

TEST_F(SeveralNetns, eachRowMeansWhatItsNamespaceSays) {
    there.connections[0].interface = here.connections[0].interface = 7;
    const FramePtr frame = sample();
    ASSERT_EQ(frame->namespaces.size(), 2U);
    ASSERT_EQ(frame->rows.size(), 4U);
    EXPECT_EQ(frame->liveCount(), 4U);
    const Row* own = rowOf(*frame, 1, kHere);
    const Row* other = rowOf(*frame, 3, kThere);
    ASSERT_TRUE(own && other);
    EXPECT_EQ(frame->sysctlsOf(*own).keepaliveTime, 7200);
    EXPECT_EQ(frame->sysctlsOf(*other).keepaliveTime, 600);
    EXPECT_EQ(own->options.idleSeconds, 7200);
    EXPECT_EQ(other->options.idleSeconds, 600);
    EXPECT_EQ(frame->interfaceOf(*own), "eth10");
    EXPECT_EQ(frame->interfaceOf(*other), "eth20");
    EXPECT_EQ(frame->keyOf(*other), (SocketKey{3, kThere}));
    EXPECT_EQ(rowOf(*frame, 3, kHere), nullptr);
    EXPECT_EQ(frame->find(3), nullptr) << "not in view";
    EXPECT_EQ(frame->namespaces[1]->name, "blue");
}

TEST_F(SeveralNetns, aRequestWaitsForTheListenerOfItsOwnNamespace) {
    for (std::uint64_t cookie = 5; cookie < 10; ++cookie) {
        Connection request = unguarded(cookie).connection;
        request.state = State::SynRecv;
        request.local.port = 8000;
        request.inode = 0;
        request.info = {};
        request.timer = {Millis(500), 1, 0};
        there.connections.push_back(request);
    }
    const auto isPressed = [this] {
        return rowOf(*sample(), 5, kThere)->forecast.conditions.has(Condition::SynQueuePressure);
    };
    here.connections[1].sendQueue = 1000;
    there.connections[1].sendQueue = 1; // its backlog, on the same port
    EXPECT_TRUE(isPressed());
    here.connections[1].sendQueue = 1;
    there.connections[1].sendQueue = 1000;
    EXPECT_FALSE(isPressed());
}

TEST_F(SeveralNetns, aDumpThatBeginsAgainLeavesTheOthersAlone) {
    sample();
    there.interrupted = true;
    const FramePtr frame = sample();
    EXPECT_EQ(frame->rows.size(), 4U);
    EXPECT_EQ(frame->liveCount(), 4U);
    EXPECT_EQ(frame->missed + frame->appeared + frame->vanished, 0U);
}

TEST_F(SeveralNetns, oneThatCannotBeReadKeepsItsRowsAndSaysWhy) {
    sample();
    there.error = Error{ErrorCode::Unreadable, Sentence::tr("no memory")};
    const FramePtr frame = sample();
    EXPECT_FALSE(frame->error) << "the one in view was read";
    EXPECT_EQ(frame->liveCount(), 4U);
    EXPECT_NE(rowOf(*frame, 3, kThere), nullptr);
    EXPECT_EQ(frame->vanished + frame->missed, 0U);
    EXPECT_THAT(frame->notes, testing::Contains(saying(HasSubstr("blue: no memory"))));
    EXPECT_LT(frame->samples[1].taken, frame->samples[0].started) << "which tells how old its rows are";
    there.error.reset();
    EXPECT_THAT(sample()->notes, testing::Not(testing::Contains(saying(HasSubstr("blue")))));
}

TEST_F(SeveralNetns, theOneInViewThatCannotBeReadFailsTheSample) {
    sample();
    here.error = Error{ErrorCode::Unreadable, Sentence::tr("no memory")};
    const FramePtr frame = sample();
    ASSERT_TRUE(frame->error);
    EXPECT_EQ(frame->liveCount(), 4U);
    EXPECT_NE(rowOf(*frame, 1, kHere), nullptr);
    EXPECT_NE(rowOf(*frame, 3, kThere), nullptr);
}

TEST_F(SeveralNetns, aConnectionThatEndsThereIsRecordedAsThere) {
    sample();
    there.connections.pop_back();
    there.connections.pop_back();
    sample();
    const FramePtr frame = sample(); // two dumps in a row
    EXPECT_EQ(frame->vanished, 2U);
    const auto news = history->after(0);
    ASSERT_EQ(news.records.size(), 2U);
    for (const auto& record : news.records)
        EXPECT_EQ(record->key(), (SocketKey{record->cookie, kThere}));
}

TEST_F(SeveralNetns, oneThatComesLaterHasNoNewRows) {
    Netns late{.inode = 30, .connections = {unguarded(9).connection}};
    sample();
    monitor.watch(watched(late));
    FramePtr frame = sample();
    ASSERT_NE(rowOf(*frame, 9, 30), nullptr);
    EXPECT_EQ(rowOf(*frame, 9, 30)->change, Change::None);
    EXPECT_EQ(frame->appeared, 0U) << "it was there before";
    late.connections.push_back(unguarded(10).connection);
    frame = sample();
    EXPECT_EQ(rowOf(*frame, 10, 30)->change, Change::New);
    EXPECT_EQ(frame->appeared, 1U);
}

TEST_F(SeveralNetns, whatIsLookedAtNoLongerHasEndedAndItsPlaceIsGivenAgain) {
    sample();
    monitor.unwatch(1);
    FramePtr frame = sample();
    ASSERT_NE(rowOf(*frame, 3, kThere), nullptr);
    EXPECT_EQ(rowOf(*frame, 3, kThere)->change, Change::Closed);
    EXPECT_EQ(frame->sysctlsOf(*rowOf(*frame, 3, kThere)).keepaliveTime, 600) << "its rows still mean what they did";
    EXPECT_EQ(frame->vanished, 2U);
    EXPECT_EQ(frame->liveCount(), 2U);
    EXPECT_EQ(history->after(0).records.size(), 2U);
    Netns next{.inode = kThere, .connections = {unguarded(11).connection}}; // an inode is given again at once
    EXPECT_EQ(monitor.watch(watched(next)), 2U) << "the rows of the one before are still shown";
    frame = sample();
    EXPECT_NE(rowOf(*frame, 11, kThere), nullptr);
    EXPECT_EQ(rowOf(*frame, 11, kThere)->change, Change::None);
}

TEST_F(SeveralNetns, allButTheOneInViewShareATwentiethOfACore) {
    there.takes = 100ms; // its turn comes again after 2 s
    sample();
    for (int again = 0; again < 3; ++again)
        monitor.sample({.interval = 250ms});
    EXPECT_EQ(here.samples, 4);
    EXPECT_LE(there.samples, 2) << "the first may not have known what it costs";
    const FramePtr frame = monitor.sample({.interval = 250ms});
    EXPECT_NE(rowOf(*frame, 3, kThere), nullptr) << "its rows stay";
    EXPECT_EQ(frame->missed, 0U);
    EXPECT_LT(frame->samples[1].taken, frame->samples[0].started);
}

TEST_F(SeveralNetns, onlyTheOneInViewIsReadAgainForItsTick) {
    sample();
    EXPECT_TRUE(here.toTheTick);
    EXPECT_FALSE(there.toTheTick) << "in turn: one walk over the machine's sockets is enough";
    monitor.sample({.interval = 10s, .netns = 1});
    EXPECT_TRUE(there.toTheTick);
    monitor.sampleSettled({.interval = 10s}, 1s);
    EXPECT_TRUE(there.toTheTick) << "whoever looks once is told to the tick";
}

TEST_F(SeveralNetns, thoseThatFitIntoTheirShareTakeTurns) {
    std::vector<Netns> many(40);
    for (Netns& netns : many) {
        netns.inode = 100 + static_cast<NetnsId>(&netns - many.data());
        netns.takes = 1ms; // two of them take a twentieth of 40 ms
        monitor.watch(watched(netns));
    }
    const auto sampled = [&](int times) {
        return std::ranges::all_of(many, [times](const Netns& netns) { return netns.samples >= times; });
    };
    const auto sum = [&] {
        int all = 0;
        for (const Netns& netns : many)
            all += netns.samples;
        return all;
    };
    const MonotonicTime until = MonotonicClock::now() + 60s;
    while (!sampled(1) && MonotonicClock::now() < until) // which tells what each of them takes
        monitor.sample({.interval = 40ms});
    while (!sampled(3) && MonotonicClock::now() < until) {
        const int before = sum();
        monitor.sample({.interval = 40ms});
        ASSERT_LE(sum() - before, 2);
    }
    EXPECT_TRUE(sampled(3)) << "none waits for ever";
}

TEST_F(SeveralNetns, onlyRowsInViewAreShownAndCounted) {
    sample();
    FramePtr frame = monitor.sample({.interval = 10s, .netns = 0});
    EXPECT_EQ(frame->rows.size(), 4U) << "all are there";
    EXPECT_EQ(frame->liveCount(), 2U);
    ASSERT_EQ(frame->shown.size(), 2U);
    EXPECT_EQ(frame->keyOf(frame->shownRow(0)).netns, kHere);
    EXPECT_EQ(frame->diagnoses[static_cast<std::size_t>(Diagnosis::Unguarded)], 1U);
    EXPECT_EQ(frame->inView().netns, kHere);

    frame = monitor.sample({.interval = 10s, .netns = frame->namespaces[1]->number});
    EXPECT_EQ(frame->inView().netns, kThere);
    EXPECT_EQ(frame->inView().sysctls.keepaliveTime, 600);
    ASSERT_EQ(frame->shown.size(), 2U);
    EXPECT_EQ(frame->keyOf(frame->shownRow(0)).netns, kThere);
    EXPECT_EQ(frame->find(3), frame->find(SocketKey{3, kThere})) << "it is in view now";
    EXPECT_EQ(frame->taken, frame->samples[1].taken);
}

TEST_F(SeveralNetns, aFilterThatNamesANamespaceLooksEverywhere) {
    sample();
    const FramePtr frame = monitor.sample({.filter = "netns:blu", .interval = 10s, .netns = 0});
    EXPECT_TRUE(frame->allInView);
    ASSERT_EQ(frame->shown.size(), 4U) << "both are called blue here";
    EXPECT_EQ(monitor.sample({.filter = "netns:20", .interval = 10s, .netns = 0})->shown.size(), 2U) << "its inode";
    EXPECT_TRUE(monitor.sample({.filter = "netns:green", .interval = 10s, .netns = 0})->shown.empty());
}

TEST_F(SeveralNetns, theChosenOneIsToldOfAlsoWhereAFilterLooksEverywhere) {
    sample();
    const std::uint32_t other = sample()->namespaces[1]->number;
    const FramePtr frame = monitor.sample({.filter = "netns:blu", .interval = 10s, .netns = other});
    EXPECT_TRUE(frame->allInView);
    EXPECT_EQ(frame->shown.size(), 4U);
    EXPECT_EQ(frame->inView().netns, kThere);
    EXPECT_EQ(frame->inView().sysctls.keepaliveTime, 600);
}

TEST_F(SeveralNetns, theyTakeNoMoreTimeWhereFramesAreMadeMoreOften) {
    there.takes = 1ms;
    const MonotonicTime begun = MonotonicClock::now();
    while (there.samples < 20)
        monitor.sample({.interval = 100ms}); // one after the other, where news are shown at once
    const auto passed = MonotonicClock::now() - begun;
    EXPECT_GE(monitor.othersTime(), 20ms);
    EXPECT_LE(monitor.othersTime(), passed / 20 + 5ms + 5ms) << "what was saved up at first, and the last one";
}

TEST_F(SeveralNetns, theOneInViewIsSampledEachTimeAndTheFirstInTurn) {
    here.takes = 100ms;
    sample();
    const std::uint32_t other = sample()->namespaces[1]->number;
    here.samples = there.samples = 0;
    for (int again = 0; again < 3; ++again)
        monitor.sample({.interval = 250ms, .netns = other});
    EXPECT_EQ(there.samples, 3);
    EXPECT_LE(here.samples, 1);
}

TEST_F(SeveralNetns, aNamespaceThatIsGoneHasItsViewNoMore) {
    const std::uint32_t other = sample()->namespaces[1]->number;
    monitor.unwatch(1);
    const FramePtr frame = monitor.sample({.interval = 10s, .netns = other});
    EXPECT_EQ(frame->inViewIndex, 0);
    ASSERT_EQ(frame->samples.size(), 2U);
    EXPECT_TRUE(frame->samples[1].gone);
    EXPECT_FALSE(frame->samples[0].gone);
}

TEST_F(SeveralNetns, oneThatHasNotHadItsTurnIsThereWithoutRows) {
    sample();
    constexpr std::size_t kMore = 6;
    for (std::size_t more = 0; more < kMore; ++more) {
        WatchedNetns netns = watched(there);
        netns.name = std::to_string(more);
        monitor.watch(std::move(netns));
    }
    const FramePtr frame = monitor.sample({.interval = 20ms}); // there is time for one of them
    ASSERT_EQ(frame->namespaces.size(), 2 + kMore);
    std::size_t waiting = 0;
    for (std::size_t more = 0; more < kMore; ++more) {
        EXPECT_EQ(frame->namespaces[2 + more]->name, std::to_string(more)) << "no other one's";
        EXPECT_FALSE(frame->samples[2 + more].gone);
        waiting += frame->samples[2 + more].taken == MonotonicTime{};
    }
    EXPECT_GE(waiting, kMore - 1);
}

TEST_F(SeveralNetns, whatIsCountedIsCountedForAllOfThem) {
    sample();
    here.connections.push_back(unguarded(6).connection);
    there.connections.push_back(unguarded(7).connection);
    const FramePtr frame = sample();
    EXPECT_EQ(frame->activity->total.appeared, 2U);
    EXPECT_EQ(frame->activity->connections[static_cast<std::size_t>(Diagnosis::Unguarded)], 4U);
    EXPECT_EQ(frame->activity->connections[static_cast<std::size_t>(Diagnosis::Listening)], 2U);
}

} // namespace
} // namespace halfopen
