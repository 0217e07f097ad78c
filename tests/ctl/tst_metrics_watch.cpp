// SPDX-License-Identifier: GPL-3.0-or-later
// How often is looked for Prometheus: seldom enough to take a fiftieth of a processor.
#include "app/halfopenctl/interrupts.h"
#include "app/halfopenctl/metrics_watch.h"
#include "app/halfopenctl/terminal.h"
#include "core/model/units.h"
#include "tests/core/loopback_test.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>
#include <vector>

const std::string_view halfopen::ctl::kProgram = "tst_metrics_watch";

namespace halfopen::ctl {
namespace {

using namespace std::chrono_literals;
using Seconds = std::chrono::duration<double>;

class MetricsWatchTest : public test::LoopbackTest {};

/// What a look tells.
struct Told {
    MonotonicTime begun{};
    Seconds cpuTime{};
    Seconds interval{}; ///< between this look and the one before
};

Seconds secondsIn(const MetricsWatch::Look& look, std::string_view name) {
    const auto family = std::ranges::find(look.families, name, &MetricFamily::name);
    EXPECT_NE(family, look.families.end()) << name;
    return family == look.families.end() ? Seconds{} : Seconds(family->series.front().value);
}

/// @param least  between two of them
std::vector<Told> looks(std::chrono::milliseconds least, std::size_t count) {
    const MetricsOptions options;
    auto input = options.input();
    auto watch = MetricsWatch::open(options, std::move(*input), least);
    const Interrupts interrupts;
    std::vector<Told> told;
    do {
        const MonotonicTime begun = MonotonicClock::now();
        const MetricsWatch::Look look = watch->look();
        EXPECT_FALSE(look.error);
        told.push_back({begun, secondsIn(look, "halfopen_process_cpu_seconds"),
                        secondsIn(look, "halfopen_collect_interval_seconds")});
    } while (told.size() < count && watch->waitForNext(interrupts));
    return told;
}

TEST_F(MetricsWatchTest, takesAFiftiethOfAProcessorAtMost) {
    constexpr double kShare = 0.02;
    const auto told = looks(1ms, 6); // which no look is as cheap as
    ASSERT_EQ(told.size(), 6U);
    for (std::size_t at = 1; at < told.size(); ++at) {
        EXPECT_GT(told[at].interval, 1ms);
        EXPECT_GE(told[at].begun - told[at - 1].begun, told[at].interval);
    }
    // What the last one but one has taken is told by the last, which it made wait.
    const Told& last = told[told.size() - 2];
    EXPECT_LE(last.cpuTime - told.front().cpuTime, kShare * (last.begun - told.front().begun + told.back().interval));
}

} // namespace
} // namespace halfopen::ctl
