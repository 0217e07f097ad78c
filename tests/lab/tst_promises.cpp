// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/in_child.h"
#include "tests/lab/promises/kinds.h"
#include "tests/lab/promises/tally.h"
#include "tests/skip.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <random>
#include <sstream>

namespace halfopen::promises {
namespace {

using namespace std::chrono_literals;
using test::Task;

std::uint64_t fromEnvironment(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text != nullptr && *text != '\0' ? std::strtoull(text, nullptr, 10) : otherwise;
}

/// HALFOPEN_KINDS: names, or beginnings of names, with commas between; empty: all that are fast enough.
std::vector<Kind> chosenKinds(bool longRun) {
    std::vector<Kind> chosen;
    const char* wanted = std::getenv("HALFOPEN_KINDS");
    std::istringstream words(wanted != nullptr ? wanted : "");
    std::vector<std::string> names;
    for (std::string word; std::getline(words, word, ',');)
        names.push_back(word);
    for (const auto& kind : allKinds()) {
        const bool named = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
            return std::string_view(kind.name).substr(0, name.size()) == name;
        });
        if (names.empty() ? longRun || !kind.slow : named)
            chosen.push_back(kind);
    }
    return chosen;
}

Task<void> play(Theatre& theatre, Kind kind, std::uint64_t seed, Tally& tally, int& playing) {
    std::string failure;
    try {
        Scene scene(theatre, seed);
        co_await kind.play(scene);
        for (const auto& flow : scene.flows())
            tally.add(kind.name, seed, flow.story, grade(flow.story, theatre.lateness));
        for (const auto& why : scene.failures())
            tally.addFailure(kind.name, seed, why);
        tally.addOwn(kind.name, seed, scene.ownGrades());
    } catch (const std::exception& error) {
        failure = error.what();
    }
    if (!failure.empty())
        tally.addFailure(kind.name, seed, failure);
    --playing;
}

/// How many kinds are played, and for how long.
struct Programme {
    std::vector<Kind> kinds;
    std::uint64_t seed = 0;
    std::optional<std::chrono::seconds> time; ///< nullopt: each kind once
};

/// Several at once, each with a seed of its own; not all: what so many connections do at one moment makes a small
/// machine late.
Task<void> playAll(Theatre& theatre, Programme programme, Tally& tally) {
    const auto atOnce = static_cast<int>(fromEnvironment("HALFOPEN_AT_ONCE", 8));
    const auto until = MonotonicClock::now() + programme.time.value_or(0s);
    const auto& kinds = programme.kinds;
    int playing = 0;
    for (std::size_t next = 0; programme.time ? MonotonicClock::now() < until : next < kinds.size(); ++next) {
        while (playing >= atOnce)
            co_await theatre.stage.sleep(50ms);
        ++playing;
        const auto& kind = kinds[next % kinds.size()];
        theatre.stage.start(kind.name, play(theatre, kind, programme.seed + next / kinds.size(), tally, playing));
    }
    while (playing > 0)
        co_await theatre.stage.sleep(100ms);
}

/// What is promised in the window at any moment happens, or something that the promise names came between.
/// HALFOPEN_SECONDS: goes on for so long; HALFOPEN_SEED: gives a run again.
TEST(Promises, areKept) {
    if (const auto why = test::whyNotRoot())
        SKIP_UNLESS_CI(*why);
    const auto seconds = fromEnvironment("HALFOPEN_SECONDS", 0);
    const auto seed = fromEnvironment("HALFOPEN_SEED", std::random_device()() % 1'000'000);
    const auto kinds = chosenKinds(seconds > 0);
    ASSERT_FALSE(kinds.empty());
    fmt::print("HALFOPEN_SEED={}\n", seed);
    std::fflush(stdout);
    Theatre theatre;
    Tally tally;
    Programme programme{kinds, seed, std::nullopt};
    if (seconds > 0)
        programme.time = std::chrono::seconds(seconds);
    const auto begun = MonotonicClock::now();
    theatre.stage.start("all", playAll(theatre, programme, tally));
    for (const auto& failure : theatre.stage.run())
        ADD_FAILURE() << failure;
    std::fputs(tally.toString().c_str(), stdout);
    // A machine that is late for everybody by more than a timer's granule plays the scripts late, too, and takes its
    // samples when it can: there one in 200 may be broken.
    constexpr auto kTooLate = 250ms;
    const auto late = theatre.lateness.worst(begun, MonotonicClock::now());
    fmt::print("The machine was late by up to {} ms.\n",
               std::chrono::duration_cast<std::chrono::milliseconds>(late).count());
    // Drawn at random, a run can meet an edge that none has met before. A run that is asked for says so at the first
    // broken promise; in the tests of everybody it is printed, and fails above one in a thousand.
    const bool asked = seconds > 0;
    const std::uint64_t oneIn = late >= kTooLate ? 200 : 1000;
    for (const auto& kind : tally.brokenKinds()) {
        if (asked && late < kTooLate)
            ADD_FAILURE() << kind << ": a promise was broken, see above (HALFOPEN_SEED=" << seed << ")";
        else
            fmt::print("{}: a promise was broken, see above (HALFOPEN_SEED={})\n", kind, seed);
    }
    EXPECT_LE(tally.broken() * oneIn, tally.graded()) << "HALFOPEN_SEED=" << seed;
    EXPECT_GT(tally.graded(), 0U);
}

} // namespace
} // namespace halfopen::promises
