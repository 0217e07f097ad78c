// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/metrics/metrics_test.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

std::vector<MetricFamily> oneOfEach() {
    static constexpr std::array kBounds{.5, 300.};
    Distribution distribution(kBounds);
    for (const double value : {.5, 1., 300., 301.})
        distribution.add(value);
    std::vector<MetricFamily> families;
    families.emplace_back(MetricFamily{"h_build", MetricType::Info, "Version.", {}, {}}).add({{"version", "1"}}, 1);
    families.emplace_back(MetricFamily{"h_drops", MetricType::Counter, "Drops.", {}, {}}).add(3);
    families.emplace_back(MetricFamily{"h_idle_seconds", MetricType::GaugeHistogram, "Idle.", "seconds", {}})
        .add({{"scope", "public"}}, distribution);
    families.emplace_back(MetricFamily{"h_late_seconds", MetricType::Histogram, "Late.", "seconds", {}})
        .add({}, distribution);
    families.emplace_back(MetricFamily{"h_took_seconds", MetricType::Gauge, "Took.", "seconds", {}}).add(0.0125);
    return families;
}

TEST(Exposition, asText) {
    EXPECT_EQ(exposed(oneOfEach(), Exposition::Text), R"(# HELP h_build_info Version.
# TYPE h_build_info gauge
h_build_info{version="1"} 1
# HELP h_drops_total Drops.
# TYPE h_drops_total counter
h_drops_total 3
# HELP h_idle_seconds Idle.
# TYPE h_idle_seconds histogram
h_idle_seconds_bucket{scope="public",le="0.5"} 1
h_idle_seconds_bucket{scope="public",le="300.0"} 3
h_idle_seconds_bucket{scope="public",le="+Inf"} 4
h_idle_seconds_count{scope="public"} 4
h_idle_seconds_sum{scope="public"} 602.5
# HELP h_late_seconds Late.
# TYPE h_late_seconds histogram
h_late_seconds_bucket{le="0.5"} 1
h_late_seconds_bucket{le="300.0"} 3
h_late_seconds_bucket{le="+Inf"} 4
h_late_seconds_count 4
h_late_seconds_sum 602.5
# HELP h_took_seconds Took.
# TYPE h_took_seconds gauge
h_took_seconds 0.0125
)");
}

TEST(Exposition, asOpenMetrics) {
    const std::string text = exposed(oneOfEach(), Exposition::OpenMetrics);
    EXPECT_NE(text.find("# TYPE h_build info\nh_build_info{version=\"1\"} 1\n"), std::string::npos) << text;
    EXPECT_NE(text.find("# TYPE h_drops counter\nh_drops_total 3\n"), std::string::npos) << text;
    EXPECT_NE(text.find("# TYPE h_idle_seconds gaugehistogram\n# UNIT h_idle_seconds seconds\n"), std::string::npos);
    EXPECT_NE(text.find("h_idle_seconds_gcount{scope=\"public\"} 4\nh_idle_seconds_gsum{scope=\"public\"} 602.5\n"),
              std::string::npos);
    EXPECT_NE(text.find("h_late_seconds_count 4\nh_late_seconds_sum 602.5\n"), std::string::npos);
    EXPECT_TRUE(text.ends_with("# EOF\n"));
}

TEST(LabelText, breaksNoExposition) {
    EXPECT_EQ(labelText("nginx.service"), "nginx.service");
    EXPECT_EQ(labelText("a\xff"
                        "b\x1b[2Jc"),
              "a?b?[2Jc");
    MetricFamily family{"h_units", MetricType::Gauge, "Units.", {}, {}};
    family.add({{"unit", "a\"b\\c\nd"}}, 1);
    EXPECT_EQ(exposed(std::span(&family, 1), Exposition::Text),
              "# HELP h_units Units.\n# TYPE h_units gauge\nh_units{unit=\"a\\\"b\\\\c\\nd\"} 1\n");
}

TEST(LabelText, isCutBetweenCharacters) {
    std::string wide(63, 'x');
    wide += "\xe8\xbf\x9e";
    const std::string cut = labelText(wide);
    EXPECT_EQ(cut, std::string(63, 'x'));
    EXPECT_EQ(labelText(std::string(70, 'x')).size(), 64U);
}

} // namespace
} // namespace halfopen
