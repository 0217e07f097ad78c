// SPDX-License-Identifier: GPL-3.0-or-later
// What is told is what resources/metrics/contract.json says: names, types, units, helps, labels, buckets.
#include "tests/core/metrics/metrics_test.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <set>

namespace halfopen {
namespace {

using namespace test;
using nlohmann::json;

std::vector<MetricFamily> everything() {
    FrameSeries series = newestKernel();
    RunningMetrics running;
    const auto frame = series.next({ofProgram(owned(1), 11, "nginx"), suspect(2), listening(3), timeWait(4)});
    running.add(frame);
    auto families = frameMetrics(*frame, metricsInput());
    const auto more = running.families(std::chrono::seconds(15), {1.5, 4096, {}});
    families.insert(families.end(), more.begin(), more.end());
    return families;
}

std::string typeName(MetricType type) {
    static constexpr std::array kNames{"info", "gauge", "counter", "gaugehistogram", "histogram"};
    return kNames[static_cast<std::size_t>(type)];
}

/// How many lines a family with closed labels has.
std::size_t closedLines(const json& labels) {
    std::size_t lines = 1;
    for (const auto& [name, values] : labels.items())
        if (values.is_array())
            lines *= values.size();
    return lines;
}

TEST(Contract, holdsEveryFamilyAndNoOther) {
    const json contract = json::parse(textOf(CONTRACT_FILE));
    EXPECT_EQ(contract["schema"].dump(), kMetricsSchema);
    std::map<std::string_view, const MetricFamily*> told;
    const auto families = everything();
    for (const MetricFamily& family : families)
        EXPECT_TRUE(told.emplace(family.name, &family).second) << family.name << " is told twice";
    for (const json& expected : contract["families"]) {
        const std::string name = expected["name"];
        const auto found = told.find(name);
        ASSERT_NE(found, told.end()) << name;
        const MetricFamily& family = *found->second;
        EXPECT_EQ(typeName(family.type), expected["type"].get<std::string>()) << name;
        EXPECT_EQ(family.help, expected["help"].get<std::string>()) << name;
        EXPECT_EQ(family.unit, expected.value("unit", "")) << name;
        told.erase(found);
    }
    for (const auto& [name, family] : told)
        ADD_FAILURE() << name << " is not in the contract";
}

TEST(Contract, closedLabelsAreWhole) {
    const json contract = json::parse(textOf(CONTRACT_FILE));
    const auto families = everything();
    for (const json& expected : contract["families"]) {
        const json labels = expected.value("labels", json::object());
        const std::string text = labels.dump();
        const auto family = std::ranges::find(families, expected["name"].get<std::string>(), &MetricFamily::name);
        ASSERT_NE(family, families.end());
        const bool open = text.find("\"open\"") != std::string::npos;
        EXPECT_EQ(open ? 0 : family->series.size(), open ? 0 : closedLines(labels)) << family->name;
        for (const MetricSeries& series : family->series)
            for (const auto& [label, values] : labels.items())
                EXPECT_NE(series.labels.find(label + "=\""), std::string::npos) << family->name << series.labels;
        for (const auto& [label, values] : labels.items()) {
            for (const json& value : open ? json::array() : values) {
                const std::string word = label + "=" + value.dump();
                EXPECT_TRUE(std::ranges::any_of(
                    family->series,
                    [&](const MetricSeries& series) { return series.labels.find(word) != std::string::npos; }))
                    << family->name << " " << word;
            }
        }
    }
}

TEST(Contract, bucketsAreThose) {
    const json contract = json::parse(textOf(CONTRACT_FILE));
    const auto families = everything();
    int compared = 0;
    for (const json& expected : contract["families"]) {
        if (!expected.contains("buckets"))
            continue;
        const auto family = std::ranges::find(families, expected["name"].get<std::string>(), &MetricFamily::name);
        ASSERT_NE(family, families.end());
        for (const MetricSeries& series : family->series) {
            const auto bounds = series.distribution->bounds();
            EXPECT_EQ(std::vector<double>(bounds.begin(), bounds.end()), expected["buckets"].get<std::vector<double>>())
                << family->name;
            ++compared;
        }
    }
    EXPECT_EQ(compared, 3 + 2 + 3 + 1 + 3);
}

} // namespace
} // namespace halfopen
