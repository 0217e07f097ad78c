// SPDX-License-Identifier: GPL-3.0-or-later
// Sockets of another network namespace, acted upon from here.
#include "core/actions/direct_socket_operations.h"
#include "core/kernel/netns/netns_access.h"
#include "core/kernel/netns/netns_id.h"
#include "core/kernel/sysctl/sysctl_reader.h"
#include "core/kernel/sysctl/sysctl_writer.h"
#include "tests/core/kernel/netns/resident.h"
#include "tests/lab/in_child.h"
#include "tests/skip.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace test;

/// "read, set 77, closed", as far as it comes.
std::string act(const Resident& resident) {
    UniqueFd file(::open(fmt::format("/proc/{}/ns/net", resident.pid()).c_str(), O_RDONLY | O_CLOEXEC));
    auto access = enterNetns(std::move(file), "blue", resident.pid());
    if (!access)
        return "refused";
    const DirectSocketOperations there(std::chrono::seconds(10), *access);
    const NetnsId netns = resident.facts().inode;
    const std::vector<std::uint64_t> cookies{resident.facts().client};
    std::string said;
    const auto read = there.read(netns, cookies);
    if (!read || !read->front().options)
        return said + inEnglish((read ? read->front().options.error() : read.error()).sentence);
    said += "read, ";
    OptionsChange change;
    change.idleSeconds = 77;
    const auto set = there.set(netns, cookies, change);
    if (!set || !set->front().outcome)
        return said + inEnglish((set ? set->front().outcome.error() : set.error()).sentence);
    said += fmt::format("set {}, ", set->front().outcome->idleSeconds);
    const auto closed = there.end(netns, cookies);
    if (!closed || !closed->front().outcome)
        return said + inEnglish((closed ? closed->front().outcome.error() : closed.error()).sentence);
    return said + "closed";
}

/// "set 600/30/5": what is in effect there afterwards.
std::string tune(const Resident& resident) {
    UniqueFd file(::open(fmt::format("/proc/{}/ns/net", resident.pid()).c_str(), O_RDONLY | O_CLOEXEC));
    auto access = enterNetns(std::move(file), "blue", resident.pid());
    if (!access)
        return "refused";
    const SettingFiles files = (*access)->settingFiles(SettingUse::Change);
    const auto applied = applyKeepaliveDefaultsIn(files, {600, 30, 5});
    if (!applied)
        return inEnglish(applied.error());
    const TcpSysctls there = readTcpSysctlsIn((*access)->settingFiles(SettingUse::Read));
    return fmt::format("set {}/{}/{}", there.keepaliveTime, there.keepaliveInterval, there.keepaliveProbes);
}

class OtherNetns : public testing::Test {
protected:
    void SetUp() override {
        if (!isRoot())
            SKIP_UNLESS_CI("needs root, to make namespaces of several users");
    }
};

TEST_F(OtherNetns, rootActsThere) {
    const Resident resident;
    ASSERT_EQ(resident.facts().error, 0);
    EXPECT_EQ(act(resident), "read, set 77, closed");
}

TEST_F(OtherNetns, itsOwnerActsThereWithoutAnyPrivilege) {
    const Resident alices(kAlice);
    ASSERT_EQ(alices.facts().error, 0);
    EXPECT_EQ(inChild([&] { return act(alices); }, kAlice), "read, set 77, closed");
}

TEST_F(OtherNetns, nobodyElseGetsIn) {
    const Resident alices(kAlice);
    ASSERT_EQ(alices.facts().error, 0);
    EXPECT_EQ(inChild([&] { return act(alices); }, kBob), "refused");
}

TEST_F(OtherNetns, itsSettingsAreWrittenFromOutsideAndOnesOwnStay) {
    const TcpSysctls own = readTcpSysctls();
    const Resident resident;
    ASSERT_EQ(resident.facts().error, 0);
    EXPECT_EQ(tune(resident), "set 600/30/5");
    const Resident alices(kAlice);
    ASSERT_EQ(alices.facts().error, 0);
    EXPECT_EQ(inChild([&] { return tune(alices); }, kAlice), "set 600/30/5");
    EXPECT_EQ(readTcpSysctls(), own);
}

TEST(KeepaliveDefaultsOfANetns, thatTheKernelWouldNotTakeAreRefusedBefore) {
    EXPECT_EQ(applyKeepaliveDefaultsIn({}, {0, 30, 5}).error().code, ErrorCode::Usage);
    EXPECT_FALSE(applyKeepaliveDefaultsIn({}, {600, 30, 5}));
}

TEST_F(OtherNetns, socketsOfAnotherOneThanMeantAreRefused) {
    const Resident resident;
    ASSERT_EQ(resident.facts().error, 0);
    const DirectSocketOperations here;
    const auto refused = here.end(resident.facts().inode, {resident.facts().client});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, PrivilegeErrorKind::WrongNamespace);
    const auto missed = here.end(ownNetns(), {resident.facts().client});
    ASSERT_TRUE(missed);
    ASSERT_FALSE(missed->front().outcome);
    EXPECT_EQ(missed->front().outcome.error().kind, PrivilegeErrorKind::NoSuchConnection);
}

} // namespace
} // namespace halfopen
