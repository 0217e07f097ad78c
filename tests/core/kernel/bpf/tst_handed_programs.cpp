// SPDX-License-Identifier: GPL-3.0-or-later
// What a process without any right makes of programs that another one has loaded.
#include "core/kernel/bpf/exact_record.h"
#include "core/kernel/diag/netlink_source.h"
#include "core/kernel/iterator.h"
#include "core/kernel/tick/tick_source.h"
#include "core/monitor/monitor.h"
#include "tests/core/kernel/bpf/exact_test.h"
#include "tests/core/kernel/process/held_elsewhere.h"
#include "tests/core/processes.h"
#include "tests/lab/in_child.h"
#include "tests/lab/wire/must.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sched.h>

#include <netinet/tcp.h>
#include <sys/mount.h>

#include <array>
#include <chrono>
#include <cstring>
#include <map>
#include <string>

namespace halfopen {
namespace {

using namespace std::chrono_literals;
using namespace test;

constexpr auto kTimeLimit = 20s;
constexpr int kIdle = 1234;

ExactProgramsPtr handed() {
    const auto copyOf = [](int fd) { return UniqueFd(fcntl(fd, F_DUPFD_CLOEXEC, 3)); };
    return ExactPrograms::handed(copyOf(exactPrograms()->sockets()), copyOf(exactPrograms()->owners()));
}

std::map<std::uint64_t, exact_record> records() {
    std::map<std::uint64_t, exact_record> found;
    const UniqueFd pass(createIterator(exactPrograms()->sockets()));
    std::array<char, 64 * 1024> buffer{};
    for (ssize_t size = 0; (size = read(pass.get(), buffer.data(), buffer.size())) > 0;)
        for (ssize_t at = 0; at < size; at += sizeof(exact_record)) {
            exact_record one{};
            std::memcpy(&one, buffer.data() + at, sizeof one);
            found[one.cookie] = one;
        }
    return found;
}

class HandedPrograms : public testing::Test {
protected:
    void SetUp() override {
        SKIP_WITHOUT_EXACT();
        theirs.connectClient();
        server = theirs.accepted();
        setOption(theirs.client.get(), SOL_SOCKET, SO_KEEPALIVE, 1);
        setOption(theirs.client.get(), IPPROTO_TCP, TCP_KEEPIDLE, kIdle);
        setOption(theirs.client.get(), SOL_SOCKET, SO_MARK, 77);
    }
    std::uint64_t cookie() const { return cookieOf(theirs.client.get()); }

    Loopback theirs; ///< root's
    UniqueFd server;
};

TEST_F(HandedPrograms, whoHasNoRightsReadsEverybodysSocketsFromTheNextSampleOn) {
    const std::uint64_t cookie = this->cookie();
    const auto look = [&]() -> std::string {
        for (const int fd : {theirs.client.get(), theirs.listener.get(), server.get()})
            close(fd); // now they are another's alone
        Monitor monitor(must(NetlinkSource::open()), {.calibrate = false});
        const FramePtr before = monitor.sampleSettled({}, kTimeLimit);
        const Row* row = before->find(cookie);
        EXPECT_FALSE(row->options.exact());
        EXPECT_TRUE(before->canBeReadExactly(*row));
        EXPECT_FALSE(before->sampleOf(0).exact);
        monitor.take(ExactOpened{handed()});
        monitor.sampleSettled({}, kTimeLimit);
        const FramePtr frame = monitor.sample({}); // now the tick is known too
        row = frame->find(cookie);
        EXPECT_TRUE(frame->sampleOf(0).exact);
        EXPECT_TRUE(row->options.exact());
        EXPECT_EQ(row->options.idleSeconds, kIdle);
        EXPECT_FALSE(frame->canBeReadExactly(*row));
        EXPECT_TRUE(row->forecast.exactPhase);
        EXPECT_EQ(row->forecast.assumes & assume::kValues, 0U);
        EXPECT_EQ(row->ownerUnknown, OwnerUnknown::Known);
        std::string text = fmt::format("tick {}", frame->clock().offset.value_or(-1));
        for (const Owner& owner : frame->ownersOf(*row))
            text += fmt::format(", fd {} of {}", owner.fd, owner.pid);
        return text;
    };
    EXPECT_EQ(inChild(look, kNobody), fmt::format("tick {}, fd {} of {}", readJiffiesOffset(readTickRate()).value_or(0),
                                                  theirs.client.get(), getpid()));
    EXPECT_EQ(optionOf(theirs.client.get(), IPPROTO_TCP, TCP_KEEPIDLE), kIdle) << "who reads changes nothing";
}

/// What one sample by the programs says of who has a socket: "python3 1234", or why nobody is named.
std::string ownerOf(std::uint64_t cookie) {
    Monitor monitor(must(NetlinkSource::open()), {.calibrate = false});
    monitor.take(ExactOpened{handed()});
    const FramePtr frame = monitor.sampleSettled({}, kTimeLimit);
    const Row* row = frame->find(cookie);
    if (row == nullptr)
        return "no row";
    if (row->ownerUnknown != OwnerUnknown::Known)
        return std::string(toString(row->ownerUnknown));
    const Owner& owner = frame->ownersOf(*row).front();
    return fmt::format("{} {}", owner.name, owner.pid);
}

/// The numbers that the kernel tells are those of the reader's pid namespace, and /proc has others there.
TEST_F(HandedPrograms, inAnotherPidNamespaceNobodyElseIsNamed) {
    const std::uint64_t cookie = this->cookie();
    const auto inside = [&]() -> std::string {
        if (unshare(CLONE_NEWPID) != 0)
            return "no pid namespace";
        return inChild([&] { return ownerOf(cookie).substr(0, 8); });
    };
    EXPECT_THAT(inChild(inside), testing::AnyOf("tst_bpf ", "no pid namespace"));
}

TEST_F(HandedPrograms, whatHidepidKeepsFromTheReaderIsNoProofThatNobodyHasIt) {
    const std::uint64_t cookie = this->cookie();
    const auto underIt = [&](const char* options) {
        return inChild([&]() -> std::string {
            if (unshare(CLONE_NEWNS) != 0 || mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
                mount("proc", "/proc", "proc", 0, options) != 0)
                return "no mount";
            return inChild(
                [&] {
                    for (const int fd : {theirs.client.get(), theirs.listener.get(), server.get()})
                        close(fd);
                    return ownerOf(cookie);
                },
                kNobody);
        });
    };
    EXPECT_THAT(underIt("hidepid=1"), testing::AnyOf(toString(OwnerUnknown::OtherUser), "no mount"));
    EXPECT_THAT(underIt("hidepid=2"), testing::AnyOf(toString(OwnerUnknown::ProcHidden), "no mount"));
}

TEST_F(HandedPrograms, aRingOfAnotherUserMayHoldIt) {
    const std::uint64_t cookie = this->cookie();
    const UniqueFd ring = intoRing(std::move(theirs.client));
    if (!ring)
        GTEST_SKIP() << "no io_uring here (kernel.io_uring_disabled, a seccomp filter)";
    EXPECT_EQ(inChild(
                  [&] {
                      close(ring.get());
                      return ownerOf(cookie);
                  },
                  kNobody),
              toString(OwnerUnknown::OtherUser));
}

TEST_F(HandedPrograms, markIsToldToRootAndItsOwnerAlone) {
    Loopback mine;
    mine.connectClient();
    setOption(mine.client.get(), SOL_SOCKET, SO_MARK, 78);
    ASSERT_EQ(fchown(mine.client.get(), kNobody, kNobody), 0);
    const auto marks = [&] {
        auto all = records();
        return fmt::format("{} {}", all[cookie()].mark, all[cookieOf(mine.client.get())].mark);
    };
    EXPECT_EQ(marks(), "77 78");
    EXPECT_EQ(inChild(marks, kNobody), "0 78");
    const auto asMappedRoot = [&]() -> std::string {
        if (unshare(CLONE_NEWUSER) != 0)
            return "no user namespace here";
        return marks();
    };
    EXPECT_THAT(inChild(asMappedRoot, kNobody), testing::AnyOf("0 78", "no user namespace here"));
}

TEST_F(HandedPrograms, whatIsReadIsOfTheNetworkNamespaceOfWhoeverReads) {
    const auto elsewhere = [&]() -> std::string {
        if (unshare(CLONE_NEWNET) != 0)
            return "no network namespace";
        const std::uint64_t here = ownNetnsCookie();
        const UniqueFd listener(socket(AF_INET, SOCK_STREAM, 0));
        EXPECT_EQ(listen(listener.get(), 1), 0);
        auto all = records();
        all.erase(0); // the end
        EXPECT_EQ(all.size(), 1U);
        EXPECT_EQ(all[cookieOf(listener.get())].netns_cookie, here);
        return "looked";
    };
    EXPECT_EQ(inChild(elsewhere), "looked");
}

} // namespace
} // namespace halfopen
