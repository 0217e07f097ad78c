// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/order.h"
#include "tests/frames/frame_maker.h"
#include "tests/ui/fake_services.h"
#include "ui/connections/connections_page.h"
#include "ui/table/connection_view.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <random>
#include <string_view>
#include <thread>

/// How long the GUI thread is kept from its events while frames of very many connections arrive: the longest gap
/// between the ticks of a 1 ms timer, per frame, and the CPU time of the GUI thread. Frames are made on another thread,
/// as the sampler makes them: 1 % of the rows come and go and all rows change places.
///   bench_gui [ROWS] [FRAMES] [stalls]      "stalls": these gaps and nothing else
namespace halfopen::test {
namespace {

using namespace std::chrono_literals;

class Churn {
public:
    explicit Churn(std::size_t rows, Grouping grouping = {})
        : m_grouping(std::move(grouping)) {
        for (std::size_t i = 0; i < rows; ++i)
            m_script.connections.push_back(born());
        sample();
    }

    FramePtr frame() {
        auto& connections = m_script.connections;
        for (std::size_t moving = connections.size() / 100; moving > 0; --moving)
            connections[m_random() % connections.size()] = born();
        return sample();
    }

private:
    Scripted born() {
        const auto cookie = ++m_cookie;
        Scripted of =
            unguarded(cookie, fmt::format("10.{}.{}.{}", cookie >> 16 & 255, cookie >> 8 & 255, cookie & 255));
        return cookie % 3 == 0 ? guarded(std::move(of)) : of;
    }

    /// At the time of the clock, data having moved at any time within two hours.
    FramePtr sample() {
        const MonotonicTime now = MonotonicClock::now();
        for (Scripted& one : m_script.connections) {
            Connection& c = one.connection;
            c.sampled = now;
            c.info.lastDataReceived = c.info.lastDataSent = c.info.lastAckReceived + Millis(m_random() % 7'200'000);
        }
        return m_series.next(m_script, {.sort = SortKey::Idle, .grouping = m_grouping});
    }

    Grouping m_grouping;
    std::mt19937 m_random{1};
    std::uint64_t m_cookie = 0;
    SampleScript m_script;
    FrameSeries m_series;
};

double threadCpuMs() {
    timespec spent{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return static_cast<double>(spent.tv_sec) * 1e3 + static_cast<double>(spent.tv_nsec) / 1e6;
}

/// Watches the event loop it lives in.
class StallWatch final : public QObject {
public:
    StallWatch() {
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, [this] { tick(); });
        m_timer.start(1ms);
    }
    struct Gap {
        double wallMs = 0;
        double cpuMs = 0; ///< of this thread within it; the rest is others' time on a busy machine
    };
    /// The longest gap since the last call.
    Gap take() { return std::exchange(m_longest, {}); }

private:
    void tick() {
        const auto now = MonotonicClock::now();
        const double cpu = threadCpuMs();
        const Gap gap{std::chrono::duration<double, std::milli>(now - m_last).count(), cpu - m_lastCpu};
        if (gap.wallMs > m_longest.wallMs)
            m_longest = gap;
        m_last = now;
        m_lastCpu = cpu;
    }

    QTimer m_timer;
    MonotonicTime m_last = MonotonicClock::now();
    double m_lastCpu = threadCpuMs();
    Gap m_longest;
};

/// The reference: a thread that wakes up every millisecond and has nothing to do. What keeps it keeps everybody.
class IdleWatch {
public:
    /// Ends the watch. @return its longest gap in ms
    double finish() {
        m_thread.request_stop();
        m_thread.join();
        return m_longest;
    }

private:
    void run(const std::stop_token& stop) {
        for (auto last = MonotonicClock::now(); !stop.stop_requested();) {
            std::this_thread::sleep_until(last + 1ms);
            const auto now = MonotonicClock::now();
            m_longest = std::max(m_longest, std::chrono::duration<double, std::milli>(now - last).count());
            last = now;
        }
    }

    double m_longest = 0;
    std::jthread m_thread{[this](const std::stop_token& stop) { run(stop); }};
};

constexpr std::size_t kMany = 100'000; ///< of more it has to be usable, and below the time of a picture no more

void reportStalls(std::size_t rows, std::vector<StallWatch::Gap> gaps, double idleMs) {
    std::sort(gaps.begin(), gaps.end(), [](const auto& a, const auto& b) { return a.wallMs < b.wallMs; });
    const auto byCpu = [](const auto& a, const auto& b) { return a.cpuMs < b.cpuMs; };
    fmt::print(
        "| longest stall of the GUI thread, {} rows, {} frames at 1 Hz, 1 % churn, all rows change places "
        "| {:.1f} ms of its own work; {:.1f} ms by the clock, median {:.1f} ms | idle thread {:.1f} ms by the clock | "
        "| <= {} ms |\n",
        rows, gaps.size(), std::max_element(gaps.begin(), gaps.end(), byCpu)->cpuMs, gaps.back().wallMs,
        gaps[gaps.size() / 2].wallMs, idleMs, rows > kMany ? 50 : 16);
}

void measureStalls(MainWindow& window, std::size_t rows, std::size_t frames) {
    StallWatch watch;
    IdleWatch idle;
    std::vector<StallWatch::Gap> stalls;
    const auto deliver = [&](const FramePtr& frame) {
        stalls.push_back(watch.take());
        window.showFrame(frame);
        window.select(frame->keyOf(frame->shownRow(5)));
    };
    std::jthread producer([&, churn = Churn(rows)](const std::stop_token& stop) mutable {
        for (std::size_t i = 0; i < frames + 2 && !stop.stop_requested(); ++i) {
            const auto begun = MonotonicClock::now();
            QMetaObject::invokeMethod(
                &window, [&deliver, frame = churn.frame()] { deliver(frame); }, Qt::QueuedConnection);
            std::this_thread::sleep_until(begun + 1s);
        }
        QMetaObject::invokeMethod(
            &window, [] { QApplication::quit(); }, Qt::QueuedConnection);
    });
    QApplication::exec();
    stalls.erase(stalls.begin(), stalls.begin() + 2); // filling an empty table is a start, not a stall
    reportStalls(rows, std::move(stalls), idle.finish());
}

/// What grouping adds to the sampling thread's work, beyond filtering and sorting: each host is a group at worst.
void measureGrouping(std::size_t rows) {
    constexpr int kRounds = 10;
    Frame frame = *Churn(rows).frame();
    const auto spent = [&](const Grouping& grouping) {
        frame.query = {.sort = SortKey::Idle, .grouping = grouping, .summary = false};
        double best = 1e9;
        for (int round = 0; round < kRounds; ++round) {
            const double before = threadCpuMs();
            arrange(frame);
            best = std::min(best, threadCpuMs() - before);
        }
        return best;
    };
    const double ungrouped = spent({});
    for (const GroupBy by : {GroupBy::Diagnosis, GroupBy::Service, GroupBy::RemoteNet, GroupBy::RemoteHost})
        fmt::print("| grouping {} rows by {} ({} groups), beyond {:.1f} ms of sorting | {:.1f} ms | | | <= 30 ms |\n",
                   rows, toString(by), (spent({.by = by}), frame.groups.size()), ungrouped,
                   spent({.by = by}) - ungrouped);
}

/// With the details, which are laid out some 10 ms after the table.
void showWhole(MainWindow& window, const FramePtr& frame) {
    window.showFrame(frame);
    QApplication::processEvents();
    std::this_thread::sleep_for(15ms);
    QApplication::processEvents();
}

/// One after the other, so that nothing but frames is counted; nothing is chosen.
void measureCpu(MainWindow& window, std::size_t rows, const Grouping& grouping) {
    constexpr int kFrames = 30;
    Churn churn(rows, grouping);
    const std::array frames{churn.frame(), churn.frame(), churn.frame()};
    double spent = 0;
    for (std::size_t i = 0; i < kFrames; ++i) {
        const double before = threadCpuMs();
        showWhole(window, frames[i % frames.size()]);
        spent += threadCpuMs() - before;
    }
    fmt::print("| the GUI thread's work for a frame and its painting, {} rows{} | {:.1f} ms | | | |\n", rows,
               grouping.by == GroupBy::None ? "" : fmt::format(" grouped by {}", toString(grouping.by)),
               spent / kFrames);
}

/// The same with so many rows chosen, of which each frame shows some fewer, in other places.
void measureChosen(std::size_t rows, std::size_t chosen) {
    FakeServices fakes;
    MainWindow window(fakes.services());
    window.resize(1320, 860);
    window.showPage(window.connections());
    window.show();
    constexpr int kFrames = 10;
    Churn churn(rows);
    std::vector<FramePtr> frames;
    for (int i = 0; i <= kFrames; ++i)
        frames.push_back(churn.frame());
    window.showFrame(frames[0]);
    auto& view = window.connections().view();
    view.selectionModel()->select({view.model()->index(0, 0), view.model()->index(static_cast<int>(chosen) - 1, 0)},
                                  QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    QApplication::processEvents();
    const double before = threadCpuMs();
    for (int i = 1; i <= kFrames; ++i)
        showWhole(window, frames[static_cast<std::size_t>(i)]);
    fmt::print("| the same with {} rows chosen | {:.1f} ms | | | |\n", chosen, (threadCpuMs() - before) / kFrames);
}

void measure(std::size_t rows, std::size_t frames, bool stallsAlone) {
    FakeServices fakes;
    MainWindow window(fakes.services());
    window.resize(1320, 860);
    window.showPage(window.connections());
    window.show();
    if (stallsAlone)
        return measureStalls(window, rows, frames);
    measureGrouping(rows);
    measureCpu(window, rows, {});
    measureCpu(window, rows, {.by = GroupBy::Diagnosis, .expanded = true});
    for (const std::size_t share : {10U, 3U, 1U})
        measureChosen(rows, rows / share);
    if (frames > 0)
        measureStalls(window, rows, frames);
}

} // namespace
} // namespace halfopen::test

int main(int argc, char** argv) {
    setenv("QT_QPA_PLATFORM", "offscreen", 0);
    QApplication::setStyle(QStringLiteral("fusion"));
    const QApplication app(argc, argv);
    const QTemporaryDir home;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, home.path());
    const std::size_t rows = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 100'000;
    const std::size_t frames = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 15;
    const bool stallsAlone = argc > 3 && std::string_view(argv[3]) == "stalls";
    halfopen::test::measure(std::max<std::size_t>(rows, 10), frames, stallsAlone);
    return 0;
}
