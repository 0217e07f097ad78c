// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/metrics/metrics_test.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;

std::map<std::string, std::string> told(const RunningMetrics& running) {
    return samplesOf(running.families(15s, {1.5, 4096, std::chrono::system_clock::time_point(1000s)}));
}

TEST(RunningMetrics, countFailedLooksByReason) {
    FrameSeries series;
    RunningMetrics running;
    running.add(series.next({unguarded(1)}));
    running.add(series.fail({ErrorCode::NotPermitted, Sentence::tr("No.")}));
    const auto samples = told(running);
    EXPECT_EQ(samples.at(R"(halfopen_collect_errors_total{reason="not_permitted"})"), "1");
    EXPECT_EQ(samples.at(R"(halfopen_collect_errors_total{reason="unreadable"})"), "0");
    EXPECT_EQ(samples.at("halfopen_process_start_time_seconds"), "1000");
    EXPECT_EQ(samples.at("halfopen_collect_interval_seconds"), "15");
}

TEST(RunningMetrics, whatStaysUnansweredIsCountedAsItGrows) {
    FrameSeries series;
    RunningMetrics running;
    const auto answer = [&](std::uint8_t probes) {
        Scripted one = suspect(1);
        one.connection.timer.retransmits = one.connection.info.probes = probes;
        running.add(series.next({one}));
    };
    answer(2); // what was before this process looked is not its count
    EXPECT_EQ(told(running).at(R"(halfopen_probes_unanswered_total{kind="keepalive"})"), "0");
    answer(4);
    answer(4);
    EXPECT_EQ(told(running).at(R"(halfopen_probes_unanswered_total{kind="keepalive"})"), "2");
}

TEST(RunningMetrics, forecastsAreCountedByHowFarTheyWereOff) {
    FrameSeries series;
    RunningMetrics running;
    auto frame = std::make_shared<Frame>(*series.next({unguarded(1)}));
    ForecastErrors& errors = frame->forecasts.errors[static_cast<std::size_t>(GradedEvent::GiveUp)];
    errors.counts[1] = 3; // up to 4 ms
    errors.counts.back() = 1;
    errors.sumSeconds = 400.5;
    errors.outsideBand = 1;
    running.add(frame);
    const auto samples = told(running);
    EXPECT_EQ(samples.at(R"(halfopen_forecast_error_seconds_bucket{event="give_up",le="0.001"})"), "0");
    EXPECT_EQ(samples.at(R"(halfopen_forecast_error_seconds_bucket{event="give_up",le="0.004"})"), "3");
    EXPECT_EQ(samples.at(R"(halfopen_forecast_error_seconds_bucket{event="give_up",le="+Inf"})"), "4");
    EXPECT_EQ(samples.at(R"(halfopen_forecast_error_seconds_sum{event="give_up"})"), "400.5");
    EXPECT_EQ(samples.at(R"(halfopen_forecasts_outside_band_total{event="give_up"})"), "1");
    EXPECT_EQ(samples.at(R"(halfopen_forecasts_outside_band_total{event="keepalive_probe"})"), "0");
}

} // namespace
} // namespace halfopen
