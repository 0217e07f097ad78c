// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/ended_text.h"
#include "core/grades/error_counts.h"
#include "core/model/grade.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

TEST(ErrorCounts, nothingMeasuredIsNotZero) {
    const ErrorCounts none;
    EXPECT_FALSE(none.medianMs().has_value());
    EXPECT_FALSE(none.worstMs().has_value());
}

RC_GTEST_PROP(ErrorCounts, theMedianIsExactToATenth, ()) {
    auto errors = *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(-90'000, 9'000'000)));
    ErrorCounts counts;
    for (const int us : errors)
        counts.add(std::chrono::microseconds(us));
    std::ranges::transform(errors, errors.begin(), [](int us) { return std::abs(us); });
    std::ranges::sort(errors);
    const double median = errors[(errors.size() - 1) / 2] / 1000.0;
    RC_ASSERT(std::abs(*counts.medianMs() - median) <= 0.101 + median * 0.1);
    RC_ASSERT(std::abs(*counts.worstMs() - errors.back() / 1000.0) < 1e-9);
}

TEST(GradeSentence, isShort) {
    EndGrade grade{.grade = Grade::Kept, .measured = true, .lead = 118min, .error = 4200us};
    EXPECT_EQ(inEnglish(sentence(grade)), "forecast 1h 58m before, 4 ms off");
    grade.measured = false;
    EXPECT_EQ(inEnglish(sentence(grade)), "forecast 1h 58m before, between the two samples around it");
    grade.band = 3200ms;
    EXPECT_EQ(inEnglish(sentence(grade)), "forecast 1h 58m before, within 3.2 s");
    grade.grade = Grade::Broken;
    grade.error = 1200ms;
    EXPECT_EQ(inEnglish(sentence(grade)), "came 1.2 s late: broken");
    grade.error = -80ms;
    EXPECT_EQ(inEnglish(sentence(grade)), "came 80 ms early: broken");
    grade.grade = Grade::Excused;
    grade.seen.add(Sighting::NeighbourFailed);
    EXPECT_EQ(inEnglish(sentence(grade)), "excused: the neighbour stopped answering");
    EXPECT_EQ(inEnglish(sentence(EndGrade{})), "");
}

} // namespace
} // namespace halfopen
