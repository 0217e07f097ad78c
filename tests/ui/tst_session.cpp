// SPDX-License-Identifier: GPL-3.0-or-later
// What the window waits for without standing still: a recording that opens slowly, a sampler in the middle of a sample.
#include "app/halfopen/session.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <future>
#include <memory>

namespace halfopen::test {
namespace {

constexpr int kTimeLimit = 30'000; // ms, for a loaded machine

const QString kRecording = QStringLiteral(HALFOPEN_SOURCE_DIR "/tests/recordings/laboratory-mini.dump");

/// Stays in its sample until it is let go.
class SlowSource final : public Source {
public:
    SlowSource(std::shared_future<void> go, std::promise<void> begun)
        : m_go(std::move(go))
        , m_begun(std::move(begun)) {}
    Result<SampleSummary> sample(const SampleRequest&, ConnectionSink&) override {
        if (!std::exchange(m_told, true))
            m_begun.set_value();
        m_go.wait();
        return SampleSummary{};
    }
    bool live() const override { return false; }

private:
    std::shared_future<void> m_go;
    std::promise<void> m_begun;
    bool m_told = false;
};

struct SessionTest : testing::Test {
    QTemporaryDir folder;
    QString pipe = folder.filePath(QStringLiteral("slow.dump"));
    Session session;
    std::vector<FramePtr> frames;
    QStringList sources;
    std::vector<Error> errors;
    QSignalSpy progress{&session, &Session::openingProgressed};
    QSignalSpy ended{&session, &Session::openingEnded};

    SessionTest() {
        EXPECT_EQ(::mkfifo(pipe.toLocal8Bit().constData(), 0600), 0);
        QObject::connect(&session, &Session::frameArrived, [this](const FramePtr& frame) { frames.push_back(frame); });
        QObject::connect(&session, &Session::sourceChanged,
                         [this](const ShownSource& source) { sources.append(source.recording); });
        QObject::connect(&session, &Session::failed, [this](const Error& error) { errors.push_back(error); });
    }
    /// The event loop of this thread comes round so many times.
    static bool turns(int times) {
        int turned = 0;
        QTimer tick;
        QObject::connect(&tick, &QTimer::timeout, [&turned] { ++turned; });
        tick.start(1);
        return QTest::qWaitFor([&] { return turned >= times; }, kTimeLimit);
    }
    template <class Condition>
    static bool until(Condition condition) {
        return QTest::qWaitFor(condition, kTimeLimit);
    }
    static QByteArray recorded() {
        QFile file(kRecording);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        return file.readAll();
    }
};

TEST_F(SessionTest, theEventLoopTurnsWhileARecordingIsSlow) {
    session.openRecording(pipe);
    ASSERT_TRUE(turns(20)); // nobody writes to the pipe yet: opening it would block
    EXPECT_TRUE(session.isOpening());
    EXPECT_TRUE(sources.isEmpty());
    QFile writer(pipe);
    ASSERT_TRUE(writer.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    const auto bytes = recorded();
    const auto half = bytes.size() / 2;
    ASSERT_EQ(writer.write(bytes.left(half)), half);
    ASSERT_TRUE(until([&] { return !progress.isEmpty() && progress.last()[1].toULongLong() > 0; }));
    EXPECT_EQ(progress.last()[0].toString(), pipe);
    EXPECT_EQ(progress.last()[2].toULongLong(), 0U); // how long a pipe is nobody knows
    ASSERT_TRUE(turns(20));                          // in the middle of it
    ASSERT_EQ(writer.write(bytes.mid(half)), bytes.size() - half);
    writer.close();
    ASSERT_TRUE(until([&] { return !frames.empty(); }));
    EXPECT_FALSE(frames.back()->shown.empty());
    EXPECT_EQ(sources, QStringList{pipe});
    EXPECT_EQ(ended.count(), 1);
    EXPECT_FALSE(session.isOpening());
}

TEST_F(SessionTest, whatIsShownGoesOnWhileAnotherIsOpenedAndCalledOff) {
    session.openRecording(kRecording);
    ASSERT_TRUE(until([&] { return !frames.empty(); }));
    session.openRecording(pipe);
    const auto before = frames.size();
    ASSERT_TRUE(until([&] { return frames.size() > before; }));
    session.cancelOpening();
    EXPECT_FALSE(session.isOpening());
    EXPECT_TRUE(session.isShowing());
    EXPECT_EQ(ended.count(), 2);
    ASSERT_TRUE(turns(20));
    EXPECT_EQ(sources, QStringList{kRecording});
    EXPECT_TRUE(errors.empty());
}

TEST_F(SessionTest, theLastOneChosenIsShown) {
    session.openRecording(pipe);
    session.openRecording(kRecording);
    ASSERT_TRUE(until([&] { return !frames.empty(); }));
    EXPECT_EQ(sources, QStringList{kRecording});
}

TEST_F(SessionTest, aFailureIsToldAndNothingElseChanges) {
    session.openRecording(QStringLiteral("/nonexistent/file"));
    ASSERT_TRUE(until([&] { return !errors.empty(); }));
    EXPECT_EQ(errors.front().code, ErrorCode::NotFound);
    EXPECT_FALSE(session.isShowing());
    EXPECT_TRUE(sources.isEmpty());
}

TEST_F(SessionTest, aSampleUnderWayIsNotWaitedFor) {
    std::promise<void> go;
    std::promise<void> begun;
    auto sampling = begun.get_future();
    session.show(std::make_unique<SlowSource>(go.get_future().share(), std::move(begun)));
    sampling.wait();
    session.openRecording(kRecording);
    ASSERT_TRUE(until([&] { return !sources.isEmpty(); }));
    ASSERT_TRUE(turns(20)); // the sample before is still under way
    EXPECT_TRUE(frames.empty());
    go.set_value();
    ASSERT_TRUE(until([&] { return !frames.empty(); }));
    EXPECT_FALSE(frames.back()->shown.empty());
}

} // namespace
} // namespace halfopen::test
