// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/event_loop.h"
#include "core/actions/background_threads.h"
#include "core/model/units.h"

#include <gtest/gtest.h>

#include <csignal>
#include <memory>
#include <optional>
#include <string>
#include <thread>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

class EventLoopTest : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(loop); }

    /// Runs it; whatever goes wrong, it ends.
    void run() {
        LoopTimer tooLong(*loop, [this] {
            ADD_FAILURE() << "nothing has ended it";
            loop->quit();
        });
        tooLong.start(10s);
        EXPECT_EQ(loop->run(), 0);
    }

    std::unique_ptr<EventLoop> loop = EventLoop::create();
};

TEST_F(EventLoopTest, callsWhatOtherThreadsPostInItsOwnAndInTheirOrder) {
    std::string calls;
    std::optional<std::thread::id> called;
    std::thread other([&] {
        loop->post([&] { calls += 'a'; });
        loop->post([&] {
            calls += 'b';
            loop->post([&] {
                called = std::this_thread::get_id();
                calls += 'd';
                loop->quit();
            });
        });
        loop->post([&] { calls += 'c'; });
    });
    other.join();
    EXPECT_EQ(calls, "") << "before it runs";
    run();
    EXPECT_EQ(calls, "abcd");
    EXPECT_EQ(called, std::this_thread::get_id());
}

TEST_F(EventLoopTest, timersComeInTheirOrderAndNotBeforeTheirTime) {
    const MonotonicTime begun = MonotonicClock::now();
    std::string calls;
    LoopTimer last(*loop, [&] {
        calls += 'c';
        loop->quit();
    });
    LoopTimer first(*loop, [&] { calls += 'a'; });
    LoopTimer second(*loop, [&] { calls += 'b'; });
    last.start(60ms);
    second.start(40ms);
    first.start(20ms);
    EXPECT_TRUE(first.isRunning());
    run();
    EXPECT_EQ(calls, "abc");
    EXPECT_GE(MonotonicClock::now() - begun, 60ms);
    EXPECT_FALSE(first.isRunning());
}

TEST_F(EventLoopTest, timerThatIsStoppedDoesNotComeAndOneThatIsStartedAnewComesOnce) {
    std::string calls;
    LoopTimer stopped(*loop, [&] { calls += 's'; });
    LoopTimer again(*loop, [&] { calls += 'a'; });
    LoopTimer end(*loop, [&] { loop->quit(); });
    stopped.start(1ms);
    stopped.stop();
    again.start(1h);
    again.start(1ms);
    EXPECT_FALSE(stopped.isRunning());
    end.start(20ms);
    run();
    EXPECT_EQ(calls, "a");
}

TEST_F(EventLoopTest, timerMayStartItselfAndMayGoWhileItIsCalled) {
    int rounds = 0;
    std::unique_ptr<LoopTimer> timer;
    timer = std::make_unique<LoopTimer>(*loop, [&] {
        if (++rounds < 3)
            return timer->start(1ms);
        timer.reset();
        loop->quit();
    });
    timer->start(1ms);
    run();
    EXPECT_EQ(rounds, 3);
    EXPECT_FALSE(timer);
}

TEST_F(EventLoopTest, tellsOfSignalsThatAreBlocked) {
    sigset_t before;
    sigset_t user;
    sigemptyset(&user);
    sigaddset(&user, SIGUSR1);
    ASSERT_EQ(pthread_sigmask(SIG_BLOCK, &user, &before), 0);
    int signals = 0;
    ASSERT_TRUE(loop->watchSignals({SIGUSR1}, [&] {
        ++signals;
        loop->quit();
    }));
    raise(SIGUSR1);
    run();
    EXPECT_EQ(signals, 1);
    loop.reset();
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

TEST_F(EventLoopTest, hasTheAnswersOfWorkElsewhere) {
    BackgroundThreads background([this](std::function<void()> call) { loop->post(std::move(call)); });
    std::optional<std::thread::id> worked;
    std::optional<std::thread::id> answered;
    background.run([&] {
        worked = std::this_thread::get_id();
        return BackgroundThreads::Result([&] {
            answered = std::this_thread::get_id();
            loop->quit();
        });
    });
    run();
    EXPECT_EQ(answered, std::this_thread::get_id());
    EXPECT_NE(worked, answered);
    EXPECT_EQ(background.open(), 0);
}

} // namespace
} // namespace halfopen
