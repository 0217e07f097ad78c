// SPDX-License-Identifier: GPL-3.0-or-later
// Thousands of connections that end at once: each is told, or counted as lost.
#include "tests/lab/ending_scene.h"
#include "tests/lab/in_child.h"
#include "tests/skip.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <sys/resource.h>

#include <cstdio>
#include <set>
#include <string>
#include <vector>

namespace halfopen {
namespace {

using namespace std::chrono_literals;
using lab::Connected;
using test::inScene;
using Scene = test::EndingScene;

/// Makes `count` connections, or as many as descriptors allow.
std::string connectMany(Scene& scene, std::size_t count, std::vector<Connected>& pairs) {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < 2 * count + 100)
        return fmt::format("only {} descriptors are allowed", limit.rlim_cur);
    for (std::size_t i = 0; i < count; ++i) {
        auto pair = scene.connect();
        if (!pair)
            return inEnglish(pair.error());
        pairs.push_back(std::move(*pair));
    }
    return {};
}

/// How it went with connections that were ended.
struct Outcome {
    std::size_t told = 0;    ///< have a record
    std::size_t listed = 0;  ///< go on as TIME-WAIT: neither ended nor lost
    std::size_t certain = 0; ///< of all that were told
    std::uint64_t lost = 0;  ///< times that events were lost
};

Outcome outcomeOf(const Scene& scene, const std::set<std::uint64_t>& cookies) {
    Outcome outcome{.lost = scene.history->after(0).eventsLost};
    for (const auto& record : scene.history->after(0).records) {
        outcome.told += cookies.contains(record->cookie);
        outcome.certain += record->confidence == Confidence::Certain;
    }
    for (const std::uint64_t cookie : cookies) {
        const Row* row = scene.frame->find(cookie);
        outcome.listed += row && row->change != Change::Closed;
    }
    return outcome;
}

/// Watches until each is told or listed as TIME-WAIT; or, where `lossExcuses`, some are counted as lost.
std::string countAfter(Scene& scene, const std::set<std::uint64_t>& cookies, bool lossExcuses) {
    const auto timeLimit = MonotonicClock::now() + 20s;
    Outcome now;
    const auto isWhole = [&] {
        now = outcomeOf(scene, cookies);
        return now.told + now.listed == cookies.size();
    };
    do
        scene.watch(500ms);
    while (!isWhole() && !(lossExcuses && now.lost > 0) && MonotonicClock::now() < timeLimit);
    std::fprintf(stderr, "          %zu of %zu told (%zu certain), %zu still listed, events lost %llu times\n",
                 now.told, cookies.size(), now.certain, now.listed, static_cast<unsigned long long>(now.lost));
    if (now.told == 0)
        return "none is told";
    if (now.told + now.listed == cookies.size() || (lossExcuses && now.lost > 0))
        return {};
    return fmt::format(
        "of {} connections {} are told, {} are still listed, and events were lost {} times; sample {} has "
        "{} rows: {}",
        cookies.size(), now.told, now.listed, now.lost, scene.frame->sequence, scene.frame->rows.size(),
        scene.frame->error ? inEnglish(*scene.frame->error) : "no error");
}

std::set<std::uint64_t> cookiesOf(const std::vector<Connected>& pairs) {
    std::set<std::uint64_t> cookies;
    for (const Connected& pair : pairs)
        cookies.insert(lab::cookieOf(pair.near.get()));
    return cookies;
}

/// All that a sample has seen get a record, lost events or not.
std::string manyEnd(Scene& scene, std::size_t count) {
    std::vector<Connected> pairs;
    if (auto wrong = connectMany(scene, count, pairs); !wrong.empty())
        return wrong;
    scene.watch(500ms);
    const auto cookies = cookiesOf(pairs);
    for (Connected& pair : pairs)
        pair.far.reset();
    for (Connected& pair : pairs)
        pair.near.reset();
    return countAfter(scene, cookies, false);
}

TEST(ManyEndings, fiveThousandAtOnceEachGetTheirRecord) {
    EXPECT_EQ(inScene([](Scene& scene) { return manyEnd(scene, 5000); }), "");
}

/// Between two samples some may be lost, but then that is counted.
std::string manyEndUnsampled(Scene& scene, std::size_t count) {
    std::vector<Connected> pairs;
    if (auto wrong = connectMany(scene, count, pairs); !wrong.empty())
        return wrong;
    const auto cookies = cookiesOf(pairs);
    for (Connected& pair : pairs)
        pair.far.reset();
    pairs.clear();
    return countAfter(scene, cookies, true);
}

TEST(ManyEndings, fiveThousandBetweenTwoSamplesAreToldOrCountedAsLost) {
    EXPECT_EQ(inScene([](Scene& scene) { return manyEndUnsampled(scene, 5000); }), "");
}

TEST(ManyEndings, withoutRightsTheyAreToldOrCountedAsLostToo) {
    if (test::whyNotRoot())
        SKIP_UNLESS_CI(*test::whyNotRoot());
    EXPECT_EQ(inScene([](Scene& scene) { return manyEndUnsampled(scene, 2000); }, test::kNobody), "");
}

} // namespace
} // namespace halfopen
