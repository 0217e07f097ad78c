// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bus/background.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QThread>

#include <gtest/gtest.h>

#include <memory>
#include <semaphore>
#include <vector>

namespace halfopen {
namespace {

/// Runs the event loop until the condition holds, at most 10 s.
template <class Condition>
bool comesTrue(Condition condition) {
    QElapsedTimer timer;
    timer.start();
    while (!condition() && timer.elapsed() < 10000)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 20);
    return condition();
}

/// Work that goes on until it is let go.
struct HeldUp {
    std::counting_semaphore<> gate{0};
};

TEST(Background, worksElsewhereAndAnswersHere) {
    Background background;
    QThread* worked = nullptr;
    QThread* answered = nullptr;
    background.run([&] {
        worked = QThread::currentThread();
        return Background::Result([&] { answered = QThread::currentThread(); });
    });
    EXPECT_TRUE(comesTrue([&] { return answered != nullptr; }));
    EXPECT_EQ(answered, QThread::currentThread());
    EXPECT_NE(worked, answered);
    EXPECT_EQ(background.open(), 0);
}

TEST(Background, whatComesTooManyWaitsForItsTurnAndCanBeWithdrawnTillThen) {
    const auto held = std::make_shared<HeldUp>();
    Background background;
    int ended = 0;
    const auto hold = [&] {
        return background.run([held, &ended] {
            held->gate.acquire();
            return Background::Result([&ended] { ++ended; });
        });
    };
    constexpr int kMany = 20;
    std::vector<quint64> pieces;
    for (int count = 0; count < kMany; ++count)
        pieces.push_back(hold());
    EXPECT_EQ(background.open(), kMany);
    EXPECT_FALSE(background.withdraw(pieces.front())) << "it has begun";
    EXPECT_TRUE(background.withdraw(pieces.back()));
    EXPECT_FALSE(background.withdraw(pieces.back()));
    held->gate.release(kMany);
    EXPECT_TRUE(comesTrue([&] { return background.open() == 0 && ended == kMany - 1; }));
}

TEST(Background, endsThoughWorkIsHeldUpAndDropsItsAnswer) {
    const auto held = std::make_shared<HeldUp>();
    bool answered = false;
    QElapsedTimer timer;
    {
        Background background;
        background.run([held, &answered] {
            held->gate.acquire();
            return Background::Result([&answered] { answered = true; });
        });
        timer.start();
    }
    EXPECT_LT(timer.elapsed(), 8000);
    held->gate.release();
    while (held.use_count() > 1) // its thread has it until it is over
        QThread::msleep(5);
    QCoreApplication::processEvents();
    EXPECT_FALSE(answered);
}

} // namespace
} // namespace halfopen

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
