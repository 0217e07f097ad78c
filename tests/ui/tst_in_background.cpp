// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/in_background.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <gtest/gtest.h>

#include <latch>
#include <memory>

namespace halfopen {
namespace {

TEST(InBackground, workIsDoneElsewhereAndAnsweredHere) {
    QObject context;
    QSignalSpy renamed(&context, &QObject::objectNameChanged);
    const QThread* worker = nullptr;
    inBackground(
        &context, [] { return QThread::currentThread(); },
        [&](QThread* thread) {
            worker = thread;
            EXPECT_EQ(QThread::currentThread(), context.thread());
            context.setObjectName(QStringLiteral("answered"));
        });
    ASSERT_TRUE(renamed.wait(60'000));
    EXPECT_NE(worker, context.thread());
}

TEST(InBackground, nobodyIsAnsweredWhoIsGone) {
    const auto gone = std::make_shared<std::latch>(1);
    auto kept = std::make_shared<int>();
    const std::weak_ptr answer = kept;
    {
        QObject context;
        inBackground(
            &context,
            [gone] {
                gone->wait();
                return 1;
            },
            [kept = std::move(kept)](int) { ADD_FAILURE() << "it is gone"; });
    }
    gone->count_down();
    EXPECT_TRUE(QTest::qWaitFor([&] { return answer.expired(); }, 60'000)) << "its answer is dropped";
}

TEST(InBackground, nothingStaysBehindOfWhatWasAnswered) {
    QObject context;
    bool answered = false;
    auto asker = Asker::of(&context);
    const std::weak_ptr<Asker> watched = asker;
    asker->answer([&] { answered = true; });
    asker.reset();
    QCoreApplication::processEvents();
    EXPECT_TRUE(answered);
    EXPECT_TRUE(watched.expired());
}

} // namespace
} // namespace halfopen
