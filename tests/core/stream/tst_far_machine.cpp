// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/far_machine.h"
#include "core/stream/limits.h"

#include <gtest/gtest.h>

#include <array>

namespace halfopen::stream {
namespace {

using namespace std::chrono_literals;

ByteView bytesOf(std::string_view text) {
    return std::as_bytes(std::span(text));
}

BatchMark batch(std::string_view text) {
    return {.bytes = static_cast<std::uint32_t>(text.size()), .sampled = MonotonicTime(1s)};
}

End end() {
    return {.started = MonotonicTime(1s), .taken = MonotonicTime(2s)};
}

ToldSocket told(std::uint64_t cookie, OwnerUnknown why) {
    return {.cookie = cookie, .options = {}, .owners = {}, .why = why};
}

TEST(FarMachine, aDumpIsThereWhenItHasEnded) {
    FarMachine machine("db7");
    EXPECT_TRUE(machine.take(Hello{.host = "db7"}, {}));
    EXPECT_EQ(machine.hello().host, "db7");
    EXPECT_TRUE(machine.take(Begin{}, {}));
    EXPECT_TRUE(machine.take(batch("ab"), bytesOf("ab")));
    EXPECT_TRUE(machine.take(batch("c"), bytesOf("c")));
    EXPECT_TRUE(machine.isInDump());
    EXPECT_FALSE(machine.dump());
    EXPECT_TRUE(machine.take(TickClock{.hz = 1000, .offset = {}}, {}));
    EXPECT_TRUE(machine.take(end(), {}));
    ASSERT_TRUE(machine.dump());
    EXPECT_EQ(machine.dump()->number, 1U);
    EXPECT_EQ(machine.dump()->bytes.size(), 3U);
    EXPECT_EQ(machine.dump()->facts->clock.hz, 1000);
    const FarDumpPtr first = machine.dump();
    EXPECT_TRUE(machine.take(TickClock{.hz = 100, .offset = {}}, {}));
    EXPECT_EQ(first->facts->clock.hz, 1000) << "what was published stays as it was";
    EXPECT_TRUE(machine.take(Begin{}, {}));
    EXPECT_EQ(machine.dump(), first);
    EXPECT_TRUE(machine.take(end(), {}));
    EXPECT_EQ(machine.dump()->number, 2U);
}

TEST(FarMachine, whatIsOutOfOrderIsRefused) {
    EXPECT_FALSE(FarMachine("db7").take(batch("ab"), bytesOf("ab")));
    EXPECT_EQ(inEnglish(FarMachine("db7").take(end(), {}).error()),
              "What db7 says makes no sense: it is out of order.");
    EXPECT_EQ(inEnglish(FarMachine("db7").take(Begin{.clocks = {}, .bytes = kMostDump + 1}, {}).error()),
              "db7 tells more than can be true, and is cut off.");
    FarMachine machine("db7");
    EXPECT_TRUE(machine.take(Begin{}, {}));
    EXPECT_FALSE(machine.take(Begin{}, {})) << "as long as the first one has not ended";
    EXPECT_TRUE(machine.take(Hello{}, {}));
    EXPECT_TRUE(machine.take(Begin{}, {})) << "of another connection";
}

TEST(FarMachine, aDumpThatFailedIsNone) {
    FarMachine machine("db7");
    EXPECT_TRUE(machine.take(Begin{}, {}));
    EXPECT_TRUE(
        machine.take(Failed{ErrorCode::NotSupported, Sentence::tr("The kernel closed the sock_diag socket.")}, {}));
    EXPECT_FALSE(machine.isInDump());
    EXPECT_EQ(machine.failed()->code, ErrorCode::NotSupported);
    EXPECT_TRUE(machine.take(Begin{}, {}));
    EXPECT_TRUE(machine.take(end(), {}));
    EXPECT_FALSE(machine.failed());
}

TEST(FarMachine, whatNobodyHasTakenIsKeptOnceForEachSocket) {
    FarMachine machine("db7");
    EXPECT_TRUE(machine.take(Told{{told(1, OwnerUnknown::OtherUser), told(2, OwnerUnknown::Unseen)}}, {}));
    EXPECT_TRUE(machine.take(Told{{told(1, OwnerUnknown::Nowhere)}}, {}));
    auto taken = machine.takeTold();
    std::ranges::sort(taken, {}, &ToldSocket::cookie);
    ASSERT_EQ(taken.size(), 2U);
    EXPECT_EQ(taken[0].why, OwnerUnknown::Nowhere);
    EXPECT_TRUE(machine.takeTold().empty());
}

TEST(FarMachine, namesAddUpWithinReason) {
    FarMachine machine("db7");
    EXPECT_TRUE(machine.take(Names{.users = {{0, "root"}}, .interfaces = {}, .units = {}}, {}));
    EXPECT_TRUE(machine.take(Names{.users = {{1, "bin"}}, .interfaces = {{1, "lo"}}, .units = {}}, {}));
    EXPECT_TRUE(machine.take(Names{.users = {}, .interfaces = {{1, "lo (gone)"}}, .units = {}}, {}));
    EXPECT_TRUE(machine.take(Begin{}, {}));
    EXPECT_TRUE(machine.take(end(), {}));
    EXPECT_EQ(machine.dump()->facts->names.users.size(), 2U);
    EXPECT_EQ(machine.dump()->facts->names.interfaces.at(1), "lo (gone)");
    Names many;
    for (std::uint32_t uid = 0; uid <= kMostNames; ++uid)
        many.users.emplace(uid, "");
    EXPECT_FALSE(machine.take(std::move(many), {}));
}

TEST(FarMachine, afterALostLineEndsMayBeMissing) {
    FarMachine machine("db7");
    EXPECT_TRUE(machine.take(EventsMark{.bytes = 0, .received = MonotonicTime(1s), .lost = 2}, {}));
    EXPECT_TRUE(machine.hasEvents());
    EXPECT_EQ(machine.takeLost(), 2U);
    EXPECT_TRUE(machine.take(Begin{}, {}));
    machine.beginAgain();
    EXPECT_FALSE(machine.isInDump());
    EXPECT_EQ(machine.takeLost(), 1U);
    EXPECT_TRUE(machine.take(TickClock{.hz = 1000, .offset = 5}, {}));
    EXPECT_TRUE(machine.take(Hello{}, {}));
    EXPECT_TRUE(machine.take(Begin{}, {}));
    EXPECT_TRUE(machine.take(end(), {}));
    EXPECT_FALSE(machine.dump()->facts->clock.phaseKnown()) << "whoever answers now tells all of it himself";
}

} // namespace
} // namespace halfopen::stream
