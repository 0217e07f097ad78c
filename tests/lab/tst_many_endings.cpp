// SPDX-License-Identifier: GPL-3.0-or-later
// Thousands of connections that end at once: each is told, or counted as lost.
#include "tests/lab/ending_scene.h"
#include "tests/lab/in_child.h"

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
            return pair.error().message;
        pairs.push_back(std::move(*pair));
    }
    return {};
}

std::string countAfter(Scene& scene, const std::set<std::uint64_t>& cookies) {
    std::size_t found = 0, certain = 0;
    for (const auto& certificate : scene.history->after(0).certificates) {
        found += cookies.contains(certificate->cookie);
        certain += certificate->confidence == Confidence::Certain;
    }
    const auto lost = scene.history->after(0).eventsLost;
    if (found < cookies.size() && lost == 0)
        return fmt::format("{} of {} have a certificate, and no event is counted as lost", found, cookies.size());
    std::fprintf(stderr, "          %zu of %zu have a certificate (%zu certain), events were lost %llu times\n", found,
                 cookies.size(), certain, static_cast<unsigned long long>(lost));
    return {};
}

std::set<std::uint64_t> cookiesOf(const std::vector<Connected>& pairs) {
    std::set<std::uint64_t> cookies;
    for (const Connected& pair : pairs)
        cookies.insert(lab::cookieOf(pair.near.get()));
    return cookies;
}

/// All that a sample has seen get a certificate, lost events or not.
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
    scene.watch(1s);
    std::size_t found = 0;
    for (const auto& certificate : scene.history->after(0).certificates)
        found += cookies.contains(certificate->cookie);
    return found == cookies.size() ? countAfter(scene, cookies)
                                   : fmt::format("{} of {} have a certificate", found, cookies.size());
}

TEST(ManyEndings, fiveThousandAtOnceEachGetTheirCertificate) {
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
    scene.watch(1s);
    return countAfter(scene, cookies);
}

TEST(ManyEndings, fiveThousandBetweenTwoSamplesAreToldOrCountedAsLost) {
    EXPECT_EQ(inScene([](Scene& scene) { return manyEndUnsampled(scene, 5000); }), "");
}

TEST(ManyEndings, withoutRightsTheyAreToldOrCountedAsLostToo) {
    if (test::whyNotRoot())
        GTEST_SKIP() << *test::whyNotRoot();
    EXPECT_EQ(inScene([](Scene& scene) { return manyEndUnsampled(scene, 2000); }, test::kNobody), "");
}

} // namespace
} // namespace halfopen
