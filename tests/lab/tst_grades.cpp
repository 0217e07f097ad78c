// SPDX-License-Identifier: GPL-3.0-or-later
// The program's own grades, with the real kernel: what nothing comes between is kept to the millisecond, and what the
// peer answers is never called broken.
#include "core/format/ended_text.h"
#include "core/grades/promise.h"
#include "tests/lab/ending_scene.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <sys/socket.h>

#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace halfopen {
namespace {

using namespace std::chrono_literals;
using lab::Connected;
using test::inScene;
using Scene = test::EndingScene;

std::string said(const EndedConnectionPtr& record, const Frame& frame) {
    const ForecastTotals& totals = frame.forecasts;
    std::string text =
        fmt::format("{}; grade {}: {}; {} kept, {} excused, {} broken", test::wordsOf(record),
                    record ? toString(record->grade.grade) : "none", record ? inEnglish(sentence(record->grade)) : "",
                    totals.kept, totals.excused, totals.broken);
    for (const auto& broken : frame.brokenPromises)
        text += "\n" + broken->report;
    return text;
}

/// As a program does that waits in poll(2): closes as soon as it is told.
EndedConnectionPtr awaitClosing(Scene& scene, UniqueFd& socket, std::uint64_t cookie,
                                std::chrono::milliseconds within) {
    const auto end = MonotonicClock::now() + within;
    MonotonicTime nextSample = MonotonicClock::now();
    while (MonotonicClock::now() < end) {
        pollfd ready[] = {{socket ? socket.get() : -1, 0, 0}, {scene.monitor->eventDescriptor(), POLLIN, 0}};
        ::poll(ready, 2, 5);
        if (socket && ready[0].revents != 0) {
            socket.reset();
            ::poll(&ready[1], 1, 2000); // its event, however long the kernel takes to free it
        }
        scene.monitor->takeEvents();
        if (MonotonicClock::now() < nextSample)
            continue;
        nextSample = MonotonicClock::now() + 100ms;
        scene.sample();
        for (const auto& record : scene.history->after(0).records)
            if (record->cookie == cookie)
                return record;
    }
    return nullptr;
}

struct Case {
    std::string name;
    std::function<void(Scene&, Connected&)> begin; ///< with the connection known and its peer still there
    lab::SocketOptions options{};
    std::optional<std::pair<std::string, int>> sysctl{};
    std::chrono::milliseconds within = 20s;
    std::uint64_t atLeast = 1; ///< kept, the end with them
    bool closes = true;        ///< its program closes when it is told
};

void PrintTo(const Case& one, std::ostream* out) {
    *out << one.name;
}

void silence(Scene& scene, Connected&) {
    (void)scene.lab.silence(scene.peer);
}

void sendUnanswered(Scene& scene, Connected& pair) {
    (void)scene.lab.silence(scene.peer);
    (void)!::send(pair.near.get(), "x", 1, MSG_NOSIGNAL);
}

std::vector<Case> silentPeers() {
    return {
        {.name = "keepalive", .begin = silence, .options = lab::keepalive(2s, 1s, 3), .atLeast = 4},
        {.name = "keepaliveUntilUserTimeout",
         .begin = silence,
         .options =
             [] {
                 auto options = lab::keepalive(1s, 1s, 9);
                 options.userTimeout = 4000ms;
                 return options;
             }(),
         .atLeast = 3},
        {.name = "retransmission", .begin = sendUnanswered, .sysctl = {{"tcp_retries2", 4}}, .atLeast = 4},
        {.name = "finWait2",
         .begin = [](Scene&, Connected& pair) { pair.near.reset(); },
         .sysctl = {{"tcp_fin_timeout", 3}}},
    };
}

/// A busy machine took a sample too late, and met two events at once: one promise of them can be graded.
constexpr std::string_view kTwoAtOnce = "fewer were graded than came";

std::string graded(Scene& scene, const Case& one) {
    if (one.sysctl)
        if (const auto ok = lab::Laboratory::setSysctl(one.sysctl->first, one.sysctl->second); !ok)
            return inEnglish(ok.error());
    auto pair = scene.connect(one.options);
    if (!pair)
        return inEnglish(pair.error());
    const auto cookie = lab::cookieOf(pair->near.get());
    scene.learn(cookie);
    one.begin(scene, *pair);
    const auto record = awaitClosing(scene, pair->near, cookie, one.within);
    const ForecastTotals& totals = scene.frame->forecasts;
    const bool kept = record && record->grade.grade == Grade::Kept && totals.broken == 0;
    if (kept && totals.kept < one.atLeast)
        return std::string(kTwoAtOnce);
    const bool close = !kept || !record->grade.measured || record->grade.band.count() > 0 ||
                       std::chrono::abs(record->grade.error) <= kGradeAllowance;
    return kept && close ? "" : said(record, *scene.frame);
}

class SilentPeer : public testing::TestWithParam<Case> {};

TEST_P(SilentPeer, isForecastAndTheGradeSaysSo) {
    std::string said(kTwoAtOnce);
    for (int attempt = 0; attempt < 3 && said == kTwoAtOnce; ++attempt)
        said = inScene([](Scene& scene) { return graded(scene, GetParam()); });
    EXPECT_EQ(said, "");
}

INSTANTIATE_TEST_SUITE_P(Grades, SilentPeer, testing::ValuesIn(silentPeers()),
                         [](const auto& one) { return one.param.name; });

/// Silent until two probes are unanswered, then there again.
std::string comesBack(Scene& scene) {
    auto pair = scene.connect(lab::keepalive(1s, 1s, 9));
    if (!pair)
        return inEnglish(pair.error());
    const auto cookie = lab::cookieOf(pair->near.get());
    scene.learn(cookie);
    (void)scene.lab.silence(scene.peer);
    const auto unanswered = [&] {
        const Row* row = scene.frame->find(cookie);
        return row ? row->forecast.unanswered : 0;
    };
    for (int i = 0; i < 100 && unanswered() < 2; ++i)
        scene.watch(100ms);
    if (unanswered() < 2)
        return "no probe stayed unanswered";
    (void)scene.lab.addPeer(scene.peer);
    for (int i = 0; i < 100 && unanswered() > 0; ++i)
        scene.watch(100ms);
    const ForecastTotals& totals = scene.frame->forecasts;
    return totals.broken == 0 && totals.excused >= 1 ? "" : said(nullptr, *scene.frame);
}

TEST(Grades, aPeerThatAnswersAgainExcusesWhatWasForecast) {
    EXPECT_EQ(inScene(comesBack), "");
}

/// Forgets the connection while it cannot be reached: its reset answers the next probe.
std::string reboots(Scene& scene) {
    auto pair = scene.connect(lab::keepalive(1s, 2s, 9));
    if (!pair)
        return inEnglish(pair.error());
    const auto cookie = lab::cookieOf(pair->near.get());
    scene.learn(cookie);
    (void)scene.lab.silence(scene.peer);
    lab::resetOnClose(pair->far.get());
    pair->far.reset();
    for (int i = 0; i < 40 && scene.frame->find(cookie) && scene.frame->find(cookie)->forecast.unanswered == 0; ++i)
        scene.watch(100ms);
    (void)scene.lab.addPeer(scene.peer);
    const auto record = awaitClosing(scene, pair->near, cookie, 8s);
    const bool excused =
        record && record->grade.grade == Grade::Excused && record->grade.seen.has(Sighting::PeerAnswered);
    return excused && scene.frame->forecasts.broken == 0 ? "" : said(record, *scene.frame);
}

TEST(Grades, aResetIsAnAnswer) {
    EXPECT_EQ(inScene(reboots), "");
}

/// What both sides say to each other all the time is not graded, and nothing of it is broken.
std::string talks(Scene& scene) {
    auto pair = scene.connect(lab::keepalive(1s, 1s, 9));
    if (!pair)
        return inEnglish(pair.error());
    scene.learn(lab::cookieOf(pair->near.get()));
    for (int i = 0; i < 30; ++i) {
        char byte = 'x';
        (void)!::send(pair->near.get(), &byte, 1, MSG_NOSIGNAL);
        (void)!::recv(pair->far.get(), &byte, 1, 0);
        scene.watch(70ms);
    }
    const ForecastTotals& totals = scene.frame->forecasts;
    return totals.broken == 0 && totals.excused == 0 ? "" : said(nullptr, *scene.frame);
}

TEST(Grades, aConnectionInUseBreaksNothing) {
    EXPECT_EQ(inScene(talks), "");
}

} // namespace
} // namespace halfopen
