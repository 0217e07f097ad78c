// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/sampler.h"
#include "tests/core/monitor/scripted_source.h"
#include "tests/frames/frame_maker.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <functional>
#include <mutex>

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;

// Long enough for a loaded machine; no test depends on how long it took.
constexpr auto kTimeLimit = 20s;

/// Collects frames from the sampling thread.
class Inbox {
public:
    Sampler::Sink sink() {
        return [this](FramePtr frame) {
            {
                const std::lock_guard lock(m_mutex);
                m_frames.push_back(std::move(frame));
            }
            m_arrived.notify_all();
        };
    }
    /// The first frame that fits, in time; null otherwise.
    FramePtr await(const std::function<bool(const Frame&)>& fits) {
        std::unique_lock lock(m_mutex);
        FramePtr found;
        m_arrived.wait_for(lock, kTimeLimit, [&] {
            const auto it = std::ranges::find_if(m_frames, [&](const FramePtr& frame) { return fits(*frame); });
            found = it == m_frames.end() ? nullptr : *it;
            return found != nullptr;
        });
        return found;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::vector<FramePtr> m_frames;
};

std::unique_ptr<Source> scripted(std::vector<Result<std::vector<Connection>>> script) {
    return std::make_unique<ScriptedSource>(std::move(script));
}

const Monitor::Config kLookNowhere{.owners = false, .options = false, .calibrate = false};

TEST(Sampler, framesComeOneAfterTheOther) {
    Inbox inbox;
    const Sampler sampler(scripted({std::vector{unguarded(1).connection}}), kLookNowhere, {.interval = 250ms},
                          inbox.sink());
    const auto third = inbox.await([](const Frame& frame) { return frame.sequence == 3; });
    ASSERT_TRUE(third);
    EXPECT_EQ(third->liveCount(), 1U);
}

TEST(Sampler, aNewQueryIsAnsweredWithoutWaitingForTheInterval) {
    Inbox inbox;
    Sampler sampler(scripted({std::vector{unguarded(1).connection}}), kLookNowhere, {.interval = 10s}, inbox.sink());
    ASSERT_TRUE(inbox.await([](const Frame& frame) { return frame.sequence == 1; }));
    const auto asked = MonotonicClock::now();
    sampler.send(Query{.filter = "nothing-like-it", .interval = 10s});
    const auto answer = inbox.await([](const Frame& frame) { return frame.query.filter == "nothing-like-it"; });
    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->shown.empty());
    EXPECT_LT(answer->taken - asked, 10s);
}

TEST(Sampler, aSampleThatIsAskedForDoesNotWaitForTheInterval) {
    Inbox inbox;
    Sampler sampler(scripted({std::vector{unguarded(1).connection}}), kLookNowhere, {.interval = 10s}, inbox.sink());
    const auto first = inbox.await([](const Frame& frame) { return frame.sequence == 1; });
    ASSERT_TRUE(first);
    sampler.send(SampleNow{});
    const auto second = inbox.await([](const Frame& frame) { return frame.sequence == 2; });
    ASSERT_TRUE(second);
    EXPECT_LT(second->taken - first->taken, 10s);
}

TEST(Sampler, aSampleThatFailedIsAFrameThatSaysWhy) {
    Inbox inbox;
    const Sampler sampler(
        scripted({failure(ErrorCode::NotSupported, Sentence::tr("no tcp_diag")), std::vector{unguarded(1).connection}}),
        kLookNowhere, {.interval = 250ms}, inbox.sink());
    const auto first = inbox.await([](const Frame& frame) { return frame.error.has_value(); });
    ASSERT_TRUE(first);
    EXPECT_EQ(inEnglish(*first->error), "no tcp_diag");
    EXPECT_TRUE(inbox.await([](const Frame& frame) { return frame.liveCount() == 1; }));
}

TEST(Sampler, readingsFromElsewhereAreShownWithoutWaitingForTheInterval) {
    Inbox inbox;
    Connection foreign = unguarded(1).connection;
    foreign.inode = 0xfffffff0; // of nobody on this machine
    Sampler sampler(scripted({std::vector{foreign}}), {.calibrate = false}, {.interval = 10s}, inbox.sink());
    ASSERT_TRUE(inbox.await([](const Frame& frame) { return frame.sequence == 1; }));
    KeepaliveOptions options;
    options.idleSeconds = 61;
    options.enabledFrom = options.idleFrom = options.intervalFrom = Provenance::Exact;
    options.probesFrom = options.userTimeoutFrom = Provenance::Exact;
    const auto given = MonotonicClock::now();
    sampler.send(ReadingsOrder{0, {{foreign.cookie, options, {{42, -1, "theirs"}}}}});
    const auto answer = inbox.await([](const Frame& frame) {
        return !frame.rows.empty() && frame.rows.front().ownerUnknown == OwnerUnknown::Known;
    });
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->rows.front().options.idleSeconds, 61);
    EXPECT_EQ(answer->rows.front().options.idleFrom, Provenance::Exact);
    ASSERT_EQ(answer->ownersOf(answer->rows.front()).size(), 1U);
    EXPECT_EQ(answer->ownersOf(answer->rows.front()).front().name, "theirs");
    EXPECT_LT(answer->taken - given, 10s);
}

TEST(Sampler, nothingComesAfterItsEnd) {
    for (int round = 0; round < 20; ++round) {
        std::atomic<bool> alive = true;
        std::atomic<bool> late = false;
        {
            const Sampler sampler(scripted({std::vector<Connection>{}}), kLookNowhere, {},
                                  [&](const FramePtr&) { late = late || !alive; });
        }
        alive = false;
        EXPECT_FALSE(late);
    }
}

TEST(Sampler, queriesFromAnotherThreadDoNotRace) {
    Inbox inbox;
    Sampler sampler(scripted({std::vector{unguarded(1).connection}}), kLookNowhere, {.interval = 250ms}, inbox.sink());
    for (int i = 0; i < 200; ++i)
        sampler.send(Query{.filter = std::to_string(i), .interval = 250ms});
    EXPECT_TRUE(inbox.await([](const Frame& frame) { return frame.query.filter == "199"; }));
}

} // namespace
} // namespace halfopen
