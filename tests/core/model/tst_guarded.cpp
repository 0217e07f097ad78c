// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/guarded.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

const std::vector<GuardRule> kRules{{"x.service", 60, 10, 3, 0}, {"a.slice", 90, 0, 0, 0}, {"", 600, 0, 0, 0}};

TEST(Guarded, theInnermostGroupWithARuleCounts) {
    const auto unitFor = [](std::string_view path) {
        const GuardRule* rule = ruleFor(path, kRules);
        return rule ? rule->unit : "none";
    };
    EXPECT_EQ(unitFor("/system.slice/x.service"), "x.service");
    EXPECT_EQ(unitFor("/a.slice/x.service/inner"), "x.service");
    EXPECT_EQ(unitFor("/a.slice/y.service"), "a.slice");
    EXPECT_EQ(unitFor("/a.slice/1/2/3/4/5/6/7"), "a.slice") << "seven above";
    EXPECT_EQ(unitFor("/a.slice/1/2/3/4/5/6/7/8"), "") << "further up nobody looks";
    EXPECT_EQ(unitFor("/b.slice/xx.service"), "");
    EXPECT_EQ(unitFor("/"), "");
    EXPECT_EQ(unitFor(""), "");
    EXPECT_EQ(ruleFor("/b.slice", {kRules.front()}), nullptr);
}

TEST(Guarded, allFourValuesAreTheRulesAndKnown) {
    TcpSysctls sysctls;
    sysctls.keepaliveInterval = 75;
    sysctls.keepaliveProbes = 9;
    KeepaliveOptions options;
    options.enabled = Switch::On;
    options.enabledFrom = Provenance::Derived;
    options.idleSeconds = 90;
    options.idleFrom = Provenance::Inferred;
    options.intervalSeconds = 75;
    options.probes = 9;
    EXPECT_TRUE(hasValuesOf(kRules[1], options, sysctls)) << "what the rule leaves is the system's";
    EXPECT_FALSE(hasValuesOf(kRules[0], options, sysctls));
    EXPECT_FALSE(hasValuesOf({"a.slice", 90, 0, 0, 1000}, options, sysctls));
    options.idleFrom = Provenance::Assumed;
    EXPECT_FALSE(hasValuesOf(kRules[1], options, sysctls)) << "it was never seen";
    options.idleFrom = Provenance::Exact;
    options.probes = 8;
    EXPECT_FALSE(hasValuesOf(kRules[1], options, sysctls));
    options.probes = 9;
    options.enabled = Switch::Off;
    EXPECT_FALSE(hasValuesOf(kRules[1], options, sysctls));
}

} // namespace
} // namespace halfopen
