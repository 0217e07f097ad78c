// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/push_down.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

namespace halfopen {
namespace {

std::string textOf(const SocketCondition& one) {
    if (one.bits == 0 && one.lowPort == 0 && one.highPort == 0)
        return "listeners";
    std::string text = one.local ? "src" : "dst";
    if (one.bits > 0)
        text +=
            fmt::format(" {}/{}", one.address.toString(), one.bits - (one.address.family() == Family::Ipv4 ? 96 : 0));
    if (one.lowPort > 0 || one.highPort < 0xffff)
        text += fmt::format(" {}-{}", one.lowPort, one.highPort);
    return text;
}

std::string pushed(std::string_view filter) {
    const SocketFilter down = pushDownOf(Filter(filter));
    std::string text = fmt::format("{:x}", down.states);
    for (const auto& any : down.conditions) {
        text += " [";
        for (const SocketCondition& one : any)
            text += (&one == &any.front() ? "" : "|") + textOf(one);
        text += "]";
    }
    return text;
}

TEST(PushDown, statesPortsAndAddressesGoToTheKernelAndListenersCome) {
    EXPECT_EQ(pushed(""), "2fff");
    EXPECT_EQ(pushed("dport = :443"), "2fff [dst 443-443|listeners]");
    EXPECT_EQ(pushed("state established"), "402");
    EXPECT_EQ(pushed("state established ( dport = :ssh or sport = :ssh )"), "402 [dst 22-22|src 22-22|listeners]");
    EXPECT_EQ(pushed("exclude time-wait dst 10.0.0.0/8:443"), "2fbf [dst 10.0.0.0/8 443-443|listeners]");
    EXPECT_EQ(pushed("dst 2001:db8::/32 sport >= :1024"),
              "2fff [dst 2001:db8::/32|listeners] [src 1024-65535|listeners]");
    EXPECT_EQ(pushed("dst 2001:db8::1:443"), "2fff [dst 2001:db8::1:443/128|dst 2001:db8::1/128 443-443|listeners]");
    EXPECT_EQ(pushed("dport = inet6:443"), "2fff [dst 443-443|listeners]");
    EXPECT_EQ(pushed("10.0.0.1"), "2fff [src 10.0.0.1/32|dst 10.0.0.1/32|listeners]");
    EXPECT_EQ(pushed("not state established"), "2ffd");
}

TEST(PushDown, whatTheKernelCannotTellIsLeftToTheFilter) {
    EXPECT_EQ(pushed("firefox"), "2fff");
    EXPECT_EQ(pushed("443"), "2fff") << "or a process";
    EXPECT_EQ(pushed("firefox dport = :443"), "2fff [dst 443-443|listeners]");
    EXPECT_EQ(pushed("firefox or dport = :443"), "2fff");
    EXPECT_EQ(pushed("not dport = :443"), "2fff");
    EXPECT_EQ(pushed("dport = *"), "2fff");
    EXPECT_EQ(pushed("dst *"), "2fff");
    EXPECT_EQ(pushed("dst ::/0"), "2fff");
    EXPECT_EQ(pushed("state established or firefox"), "2fff");
    EXPECT_EQ(pushed("autobound"), "2fff");
    EXPECT_EQ(pushed("dport ="), "2fff") << "an error";
}

TEST(PushDown, whatTheDumpDecidesNeedsNoProcesses) {
    for (const char* text :
         {"dport = :443", "state established src 10.0.0.0/8", "not ( dev lo or autobound )", "sk:1d2", "family:ipv6"})
        EXPECT_TRUE(isOfTheDump(Filter(text))) << text;
    for (const char* text :
         {"", "firefox", "443", "unguarded", "keepalive:on dport = :443", "idle>1m", "user:alice", "process:x"})
        EXPECT_FALSE(isOfTheDump(Filter(text))) << text;
}

} // namespace
} // namespace halfopen
