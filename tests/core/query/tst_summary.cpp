// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/order.h"
#include "core/query/summary.h"
#include "tests/frames/frame_maker.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace halfopen {
namespace {

using namespace test;

/// Two of firefox, one each of java, nginx and psql, one of nobody, all unguarded; and one that is guarded.
FramePtr machine() {
    return FrameMaker{ofProgram(unguarded(1), 11, "nginx"), ofProgram(unguarded(2), 12, "firefox"),
                      ofProgram(unguarded(3), 13, "psql"),  ofProgram(unguarded(4), 12, "firefox"),
                      ofProgram(unguarded(5), 14, "java"),  unguarded(6),
                      ofProgram(guarded(7), 12, "firefox")}
        .build();
}

std::string text(const ProgramCounts& programs) {
    std::string all;
    for (const auto& [name, count] : programs.most)
        all += name + " " + std::to_string(count) + ", ";
    return all + std::to_string(programs.others) + " more";
}

TEST(ShownSummary, namesTheMostFrequentProgramsAndCountsTheOthers) {
    const FramePtr frame = machine();
    const ShownSummary summary = summarise(*frame, frame->shown);
    EXPECT_EQ(summary.counts[static_cast<std::size_t>(Diagnosis::Unguarded)], 6U);
    EXPECT_EQ(summary.counts[static_cast<std::size_t>(Diagnosis::Guarded)], 1U);
    EXPECT_EQ(text(summary.unguarded), "firefox 2,  1, java 1, 2 more");
    EXPECT_EQ(text(summary.abandoned), "0 more");
}

TEST(ShownSummary, isOfWhatIsShownAndComesWithTheFrameThatAsksForIt) {
    Frame frame = *machine();
    frame.query.filter = "guarded";
    arrange(frame);
    ASSERT_NE(frame.summary, nullptr);
    EXPECT_EQ(frame.summary->counts[static_cast<std::size_t>(Diagnosis::Guarded)], 1U);
    EXPECT_EQ(frame.summary->counts[static_cast<std::size_t>(Diagnosis::Unguarded)], 0U);
    EXPECT_TRUE(frame.hints.empty());
    frame.query.filter = "firefxo";
    arrange(frame);
    ASSERT_EQ(frame.hints.size(), 1U);
    EXPECT_EQ(frame.hints[0].meant, "firefox");
    frame.query.summary = false;
    arrange(frame);
    EXPECT_EQ(frame.summary, nullptr);
    EXPECT_TRUE(frame.hints.empty());
}

TEST(ChosenSummary, countsWhatIsAlike) {
    const FramePtr frame = machine();
    std::vector<const Row*> rows;
    for (const Row& row : frame->rows)
        rows.push_back(&row);
    const ChosenSummary summary = summariseChosen(*frame, rows);
    EXPECT_EQ(text(summary.programs), "firefox 3,  1, java 1, 2 more");
    EXPECT_EQ(summary.never, 6U);
    ASSERT_EQ(summary.switches.size(), 2U);
    EXPECT_EQ(summary.switches[0].second, 6U) << "the most frequent first";
    EXPECT_EQ(summary.switches[0].first->options.enabled, Switch::Off);
    ASSERT_EQ(summary.ends.size(), 1U);
    EXPECT_EQ(summary.ends[0]->diagnosis, Diagnosis::Guarded);
}

} // namespace
} // namespace halfopen
