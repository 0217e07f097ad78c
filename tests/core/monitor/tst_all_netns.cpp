// SPDX-License-Identifier: GPL-3.0-or-later
// A monitor that looks at every namespace of the machine, as the window's does: by root, by an owner, by neither.
#include "core/kernel/diag/netlink_source.h"
#include "core/model/socket_key.h"
#include "core/monitor/all_netns.h"
#include "core/monitor/monitor.h"
#include "tests/core/kernel/netns/resident.h"
#include "tests/lab/in_child.h"
#include "tests/skip.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <sys/mount.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;

const Query kQuery{.interval = 1000ms};

/// Nobody's name is looked up: a child that is forked while a thread is in the system's libraries for that has them
/// half loaded.
Monitor looksAround() {
    return Monitor(std::move(*NetlinkSource::open()), {.owners = false,
                                                       .options = false,
                                                       .calibrate = false,
                                                       .others = Monitor::Others::Later,
                                                       .userName = [](std::uint32_t) { return std::nullopt; }});
}

/// Samples until it is so; 20 s are for a machine that has much else to do.
FramePtr until(Monitor& monitor, const Query& query, const std::function<bool(const Frame&)>& isSo) {
    const MonotonicTime end = MonotonicClock::now() + 20s;
    FramePtr frame = monitor.sample(query);
    while (!isSo(*frame) && MonotonicClock::now() < end) {
        std::this_thread::sleep_for(20ms);
        frame = monitor.sample(query);
    }
    return frame;
}

/// Its place among a frame's namespaces; nullopt: it is not there, or has had no sample.
std::optional<std::size_t> placeOf(const Frame& frame, const Resident& resident) {
    for (std::size_t place = 0; place < frame.namespaces.size(); ++place)
        if (frame.namespaces[place]->cookie == resident.facts().netnsCookie ||
            frame.namespaces[place]->inside.oldest == resident.pid())
            return frame.samples[place].gone || frame.samples[place].taken == MonotonicTime{} ? std::nullopt
                                                                                              : std::optional(place);
    return std::nullopt;
}

/// "asked 3 1 client": the tier, its connections, its processes, and whether the client's cookie is known.
std::string seen(const Frame& frame, const Resident& resident) {
    const auto place = placeOf(frame, resident);
    if (!place)
        return "not seen";
    const NetnsContext& netns = *frame.namespaces[*place];
    const bool named = frame.find(resident.facts().client, static_cast<std::uint16_t>(*place)) != nullptr;
    return fmt::format("{} {} {}{}", toString(netns.tier), frame.samples[*place].end - frame.samples[*place].begin,
                       netns.inside.processes, named ? " client" : "");
}

std::string look(const Resident& resident) {
    Monitor monitor = looksAround();
    const FramePtr frame = until(monitor, kQuery, [&](const Frame& one) { return placeOf(one, resident).has_value(); });
    return seen(*frame, resident);
}

class EveryNetns : public testing::Test {
protected:
    void SetUp() override {
        if (!isRoot())
            SKIP_UNLESS_CI("needs root, to make namespaces of several users");
    }
};

TEST_F(EveryNetns, isSeenInTheTierThatTheRightsAllow) {
    const Resident alices(kAlice);
    ASSERT_EQ(alices.facts().error, 0);
    EXPECT_EQ(look(alices), "asked 3 1 client");
    EXPECT_EQ(inChild([&] { return look(alices); }, kAlice), "mine 3 1 client");
    EXPECT_EQ(inChild([&] { return look(alices); }, kBob), "public 3 1");
}

TEST_F(EveryNetns, oneThatHasEndedMeanwhileIsGone) {
    Resident left;
    ASSERT_EQ(left.facts().error, 0);
    NetnsFinder finder;
    finder.look(MonotonicClock::now());
    const auto& all = finder.namespaces();
    const auto found = std::ranges::find(all, left.facts().netnsCookie, &FoundNetns::cookie);
    ASSERT_NE(found, all.end());
    left.end();
    EXPECT_EQ(openNetns(*found, {.name = "left"}).error().code, ErrorCode::NotFound) << "and not somebody else's";
}

/// Why "/run/netns/blue", where nobody lives that may be seen, is not looked into.
std::string refusedMount(bool beneathAnother, std::optional<uid_t> uid) {
    return inChild([&]() -> std::string {
        const auto tmpfsOn = [](const char* path) { return ::mount("none", path, "tmpfs", 0, nullptr) == 0; };
        if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
            !tmpfsOn("/run"))
            return "no mounts of its own";
        std::filesystem::create_directories("/run/netns");
        std::ofstream("/run/netns/blue");
        const Resident resident;
        if (::mount(fmt::format("/proc/{}/ns/net", resident.pid()).c_str(), "/run/netns/blue", nullptr, MS_BIND,
                    nullptr) != 0)
            return "no mount";
        if (beneathAnother && !tmpfsOn("/run/netns"))
            return "no other mount";
        const auto refused = [&]() -> std::string {
            NetnsFinder finder;
            finder.look(MonotonicClock::now());
            FoundNetns blue = *std::ranges::find(finder.namespaces(), resident.facts().inode, &FoundNetns::inode);
            blue.processes.clear(); // whoever sees none
            const auto opened = openNetns(blue, {.name = "blue"});
            return opened ? "opened" : inEnglish(opened.error());
        };
        return inChild(refused, uid);
    });
}

TEST_F(EveryNetns, aMountThatLiesBeneathAnotherOneIsSaidTo) {
    EXPECT_EQ(refusedMount(true, std::nullopt),
              "The network namespace blue cannot be entered: its mount /run/netns/blue lies beneath another one.");
}

TEST_F(EveryNetns, whoMayNotEnterIsToldOfTheWayByProcess) {
    const std::string said = refusedMount(false, kBob);
    EXPECT_TRUE(said.starts_with("The network namespace blue belongs to somebody else")) << said;
    EXPECT_TRUE(said.ends_with("--netns PID shows what anybody may see.")) << said;
}

TEST_F(EveryNetns, whoLooksOnceSeesItAtOnce) {
    const Resident resident;
    ASSERT_EQ(resident.facts().error, 0);
    Monitor monitor(std::move(*NetlinkSource::open()),
                    {.owners = false, .options = false, .calibrate = false, .others = Monitor::Others::AtOnce});
    EXPECT_EQ(seen(*monitor.sampleSettled(kQuery, 5s), resident), "asked 3 1 client");
}

TEST_F(EveryNetns, moreThanMayBeLookedAtAreSaid) {
    const Resident one;
    const Resident other;
    ASSERT_EQ(one.facts().error + other.facts().error, 0);
    Monitor monitor(
        std::move(*NetlinkSource::open()),
        {.owners = false, .options = false, .calibrate = false, .others = Monitor::Others::AtOnce, .mostOthers = 1});
    const auto saysSo = [](const Frame& frame) {
        return std::ranges::any_of(frame.notes, [](const Sentence& note) {
            return inEnglish(note).ends_with("more network namespaces are not looked at: 1 are the most.");
        });
    };
    FramePtr frame = monitor.sampleSettled(kQuery, 5s);
    EXPECT_LE(frame->namespaces.size(), 2U);
    EXPECT_TRUE(saysSo(*frame));
    // The one may be somebody else's, which has ended before it could be entered, and gives way to another one.
    frame = until(monitor, kQuery, [&](const Frame& next) { return next.namespaces.size() == 2 && saysSo(next); });
    EXPECT_EQ(frame->namespaces.size(), 2U);
    EXPECT_TRUE(saysSo(*frame));
}

TEST_F(EveryNetns, theFirstFrameWaitsForNoOther) {
    const Resident resident;
    ASSERT_EQ(resident.facts().error, 0);
    Monitor monitor = looksAround();
    EXPECT_EQ(monitor.sample(kQuery)->namespaces.size(), 1U);
    EXPECT_GT(until(monitor, kQuery, [](const Frame& one) { return one.namespaces.size() > 1; })->namespaces.size(),
              1U);
}

TEST_F(EveryNetns, isSeenToComeAndToGo) {
    Monitor monitor = looksAround();
    monitor.sample(kQuery);
    monitor.sample(kQuery);
    Resident resident;
    ASSERT_EQ(resident.facts().error, 0);
    FramePtr frame = until(monitor, kQuery, [&](const Frame& one) { return placeOf(one, resident).has_value(); });
    ASSERT_TRUE(placeOf(*frame, resident));
    const std::uint32_t number = frame->namespaces[*placeOf(*frame, resident)]->number;
    frame = monitor.sample({.interval = 1000ms, .netns = number});
    EXPECT_EQ(frame->liveCount(), 3U) << "the listener and both sides of its connection";
    EXPECT_EQ(frame->inView().cookie, resident.facts().netnsCookie);
    resident.end();
    frame = until(monitor, {.interval = 1000ms, .netns = number}, [&](const Frame& one) {
        return std::ranges::none_of(one.namespaces, [&](const NetnsContextPtr& netns) {
            return netns->number == number &&
                   !one.samples[static_cast<std::size_t>(&netns - one.namespaces.data())].gone;
        });
    });
    EXPECT_EQ(frame->inViewIndex, 0) << "what was in view is gone";
}

} // namespace
} // namespace halfopen
