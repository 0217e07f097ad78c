// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/all_netns.h"
#include "core/monitor/netns_lookup.h"
#include "tests/core/kernel/netns/resident.h"
#include "tests/lab/in_child.h"
#include "tests/skip.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <unistd.h>

#include <future>
#include <thread>

namespace halfopen {
namespace {

using testing::AllOf;
using testing::HasSubstr;

NamedNetns named(std::string name, NetnsId inode, std::uint64_t cookie, std::vector<std::int32_t> pids) {
    NamedNetns one;
    one.netns.inode = inode;
    one.netns.cookie = cookie;
    one.netns.processes = std::move(pids);
    one.netns.own = inode == 100;
    one.label.name = std::move(name);
    return one;
}

std::vector<NamedNetns> machine() {
    auto all = std::vector{named("host", 100, 1, {1, 20}), named("web", 200, 7, {30}), named("db", 300, 20, {40}),
                           named("db", 400, 21, {41}), named("40", 500, 22, {50})};
    all[0].label.kind = NetnsKind::Machine;
    all[1].label.unit.container = std::string(64, 'a');
    all[1].label.unit.unit = "web.service";
    all[2].netns.mounts = {"/run/netns/blue"};
    return all;
}

NetnsId inodeOf(std::string_view word) {
    const auto found = findNetns(machine(), word);
    return found ? found->netns.inode : 0;
}

TEST(FindNetns, byAnyOfItsNames) {
    EXPECT_EQ(inodeOf("host"), 100U);
    EXPECT_EQ(inodeOf("web"), 200U);
    EXPECT_EQ(inodeOf("web.service"), 200U);
    EXPECT_EQ(inodeOf("aaaaaaaaaaaa"), 200U);
    EXPECT_EQ(inodeOf("aaa"), 0U) << "too short for an id";
    EXPECT_EQ(inodeOf("blue"), 300U);
}

TEST(FindNetns, aNumberIsAProcessThenACookieThenAnInode) {
    EXPECT_EQ(inodeOf("40"), 300U) << "whoever is called so";
    EXPECT_EQ(inodeOf("pid:40"), 300U);
    EXPECT_EQ(inodeOf("20"), 100U);
    EXPECT_EQ(inodeOf("cookie:20"), 300U);
    EXPECT_EQ(inodeOf("7"), 200U);
    EXPECT_EQ(inodeOf("400"), 400U);
    EXPECT_EQ(inodeOf("inode:400"), 400U);
    EXPECT_EQ(inodeOf("cookie:0"), 0U);
    EXPECT_EQ(inodeOf("cookie:x"), 0U);
    EXPECT_EQ(inodeOf("-1"), 0U);
}

TEST(FindNetns, noNameTakesThePlaceOfAnythingElse) {
    auto all = machine();
    const auto inodeOf = [&](std::string_view word) {
        const auto found = findNetns(all, word);
        return found ? found->netns.inode : 0;
    };
    all.push_back(named("host", 600, 23, {60}));
    EXPECT_EQ(inodeOf("host"), 100U) << "the machine's own";
    all.push_back(named("/proc/self/ns/net", 700, 24, {70}));
    EXPECT_NE(inodeOf("/proc/self/ns/net"), 700U) << "a path is one, whether it leads anywhere or not";
    all.push_back(named("./run", 800, 25, {80}));
    EXPECT_EQ(inodeOf("./run"), 0U);
    all.push_back(named("4711", 900, 26, {90}));
    EXPECT_EQ(inodeOf("4711"), 0U) << "the process has ended, and somebody calls himself so";
    all.back().netns.mounts = {"/run/netns/4711"};
    EXPECT_EQ(inodeOf("4711"), 900U);
    all.push_back(named("prod/cart", 1000, 27, {99}));
    EXPECT_EQ(inodeOf("prod/cart"), 1000U) << "no file, and so a pod";
}

TEST(FindNetns, whoCallsHimselfAsAnotherIsToldApart) {
    auto all = machine();
    all.push_back(named("blue", 600, 0, {60, 61}));
    const auto found = findNetns(all, "blue");
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, ErrorCode::Usage);
    EXPECT_THAT(inEnglish(found.error()),
                AllOf(HasSubstr("db (cookie:20, /run/netns/blue)"), HasSubstr("blue (pid:60)")));
}

TEST(FindNetns, whatIsNoneOrSeveralIsRefusedWithAList) {
    const auto none = findNetns(machine(), "nosuch");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::Usage);
    EXPECT_THAT(inEnglish(none.error()), AllOf(HasSubstr("no network namespace nosuch"), HasSubstr("web (cookie:7)")));
    const auto several = findNetns(machine(), "db");
    ASSERT_FALSE(several);
    EXPECT_EQ(several.error().code, ErrorCode::Usage);
    EXPECT_THAT(inEnglish(several.error()), AllOf(HasSubstr("cookie:20"), HasSubstr("cookie:21")));
    EXPECT_EQ(findNetns({}, "web").error().code, ErrorCode::NotSupported) << "a kernel without them";
    EXPECT_EQ(findNetns(machine(), "").error().code, ErrorCode::Usage);
}

TEST(FindNetns, byItsPath) {
    const auto all = listNetns();
    const auto own = findNetns(all, "/proc/self/ns/net");
    ASSERT_TRUE(own);
    EXPECT_TRUE(own->netns.own);
    EXPECT_EQ(findNetns(all, "/dev/null").error().code, ErrorCode::Usage);
    EXPECT_EQ(findNetns(all, "/no/such").error().code, ErrorCode::Usage);
}

/// As `nsenter --net=PATH`, which takes more than what can be listed.
TEST(FindNetns, byThePathOfWhatNoProcessLivesIn) {
    if (!test::isRoot())
        SKIP_UNLESS_CI("needs root, to make a namespace");
    std::promise<std::string> path;
    std::promise<void> done;
    std::thread thread([&] {
        const bool isThere = ::unshare(CLONE_NEWNET) == 0;
        path.set_value(isThere ? fmt::format("/proc/{}/task/{}/ns/net", ::getpid(), ::gettid()) : "");
        done.get_future().wait();
    });
    const std::string threads = path.get_future().get();
    const auto all = listNetns();
    const auto found = findNetns(all, threads);
    ASSERT_TRUE(found) << inEnglish(found.error());
    EXPECT_FALSE(found->netns.own);
    EXPECT_FALSE(findNetns(all, fmt::format("inode:{}", found->netns.inode))) << "it is in no list";
    EXPECT_TRUE(found->label.name.starts_with("netns-"));
    const auto opened = openNetns(found->netns, found->label);
    ASSERT_TRUE(opened) << inEnglish(opened.error());
    EXPECT_EQ(opened->access->inode(), found->netns.inode);
    done.set_value();
    thread.join();
    EXPECT_EQ(findNetns(all, "/proc/self/ns/mnt").error().code, ErrorCode::Usage);
}

TEST(FindNetns, aPathThatMayNotBeOpenedIsThatOfItsProcess) {
    if (!test::isRoot())
        SKIP_UNLESS_CI("needs root, to make a namespace of another user's");
    const test::Resident there;
    ASSERT_EQ(there.facts().error, 0);
    const std::string said = test::inChild(
        [&]() -> std::string {
            const auto found = findNetns(listNetns(), fmt::format("/proc/{}/ns/net", there.pid()));
            return found ? found->label.name : inEnglish(found.error());
        },
        test::kBob);
    EXPECT_EQ(said, fmt::format("resident {}", there.pid()));
}

TEST(FindNetns, theWordForOneFindsItAgain) {
    auto all = machine();
    all.push_back(named("two words; rm", 600, 23, {60}));
    for (const NamedNetns& one : all) {
        const auto found = findNetns(all, wordFor(one, all));
        ASSERT_TRUE(found) << one.label.name;
        EXPECT_EQ(found->netns.inode, one.netns.inode);
    }
    EXPECT_EQ(wordFor(all[1], all), "web");
    EXPECT_EQ(wordFor(all[2], all), "cookie:20") << "two have its name";
    EXPECT_EQ(wordFor(all[5], all), "cookie:23") << "no shell takes it as one word";
}

TEST(NetnsOfSocket, isFoundWhereItLives) {
    if (!test::isRoot())
        SKIP_UNLESS_CI("needs root, to enter a namespace of another's");
    const test::Resident there;
    ASSERT_EQ(there.facts().error, 0);
    const auto all = listNetns();
    const auto found = netnsOfSocket(all, there.facts().client);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->netns.cookie, there.facts().netnsCookie);
    EXPECT_FALSE(netnsOfSocket(all, 0x7ffffffffff));
}

} // namespace
} // namespace halfopen
