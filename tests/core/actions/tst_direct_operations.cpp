// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/direct_operations.h"
#include "core/kernel/netns/netns_id.h"
#include "core/kernel/sysctl/drop_in.h"
#include "core/model/boot_configuration.h"
#include "tests/core/fake_root.h"

#include <gtest/gtest.h>

#include <climits>

namespace halfopen {
namespace {

namespace fs = std::filesystem;
using Kind = PrivilegeErrorKind;

constexpr KeepaliveDefaults kWanted{600, 30, 5};
const std::string kFile(kDropInPath);

class DirectOperationsTest : public testing::Test {
protected:
    DirectOperationsTest() {
        root.fillWithDefaults();
        fs::create_directories(root.at("/etc/sysctl.d"));
        fs::permissions(root.at("/etc/sysctl.d"), fs::perms(0755));
        fs::create_directories(root.at("/proc/1/ns"));
        fs::create_symlink("/proc/self/ns/net", root.at("/proc/1/ns/net"));
    }

    /// The answer of the verb, which must come exactly once and before the verb returns.
    Outcome<KeepaliveDefaults> set(const KeepaliveChange& change) {
        std::optional<Outcome<KeepaliveDefaults>> answer;
        operations.setKeepaliveDefaults(change, [&](Outcome<KeepaliveDefaults> outcome) {
            EXPECT_FALSE(answer);
            answer = std::move(outcome);
        });
        return answer.value();
    }

    FakeRoot root;
    DirectOperations operations{root.path()};
};

TEST_F(DirectOperationsTest, setsAndAnswersWhatIsInEffect) {
    EXPECT_EQ(set({ownNetns(), kWanted, true}).value(), kWanted);
    EXPECT_EQ(operations.inEffect().value(), kWanted);
    EXPECT_EQ(root.read(kFile), dropInText(kWanted));
}

TEST_F(DirectOperationsTest, otherNamespaceIsRefusedAndNothingChanged) {
    for (const std::uint64_t netns : {std::uint64_t(0), ownNetns() + 1, std::uint64_t(UINT64_MAX)}) {
        const auto answer = set({netns, kWanted, true});
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().kind, Kind::WrongNamespace);
        EXPECT_EQ(operations.forget(netns).error().kind, Kind::WrongNamespace);
    }
    EXPECT_EQ(operations.inEffect().value(), KeepaliveDefaults());
    EXPECT_FALSE(fs::exists(root.at(kFile)));
}

TEST_F(DirectOperationsTest, nothingIsKeptFromAnotherNamespaceThanThatOfTheBoot) {
    ASSERT_TRUE(set({ownNetns(), kWanted, true}));
    fs::remove(root.at("/proc/1/ns/net"));
    fs::create_symlink("/proc/self/ns/mnt", root.at("/proc/1/ns/net")); // some other inode
    EXPECT_EQ(set({ownNetns(), {601, 30, 5}, true}).error().kind, Kind::WrongNamespace);
    EXPECT_EQ(operations.forget(ownNetns()).error().kind, Kind::WrongNamespace);
    EXPECT_EQ(operations.inEffect().value(), kWanted);
    EXPECT_EQ(root.read(kFile), dropInText(kWanted));
    EXPECT_TRUE(set({ownNetns(), {601, 30, 5}, false})); // not kept, it may be changed as ever
}

TEST_F(DirectOperationsTest, badValueIsOutOfRange) {
    EXPECT_EQ(set({ownNetns(), {0, 30, 5}, false}).error().kind, Kind::OutOfRange);
    EXPECT_EQ(set({ownNetns(), {600, 30, INT_MAX}, false}).error().kind, Kind::OutOfRange);
}

TEST_F(DirectOperationsTest, forgetIsDoneAlsoWhereThereWasNothing) {
    int answers = 0;
    const auto expectDone = [&](Outcome<void> outcome) {
        EXPECT_TRUE(outcome);
        ++answers;
    };
    ASSERT_TRUE(set({ownNetns(), kWanted, true}));
    operations.forgetKeepaliveDefaults(ownNetns(), expectDone);
    EXPECT_FALSE(fs::exists(root.at(kFile)));
    operations.forgetKeepaliveDefaults(ownNetns(), expectDone);
    EXPECT_EQ(answers, 2);
}

TEST_F(DirectOperationsTest, refusalOfTheFileSystemIsWriteFailedForRoot) {
    if (::geteuid() != 0)
        GTEST_SKIP() << "for others it is NotAuthorized, with the command";
    fs::permissions(root.at("/etc/sysctl.d"), fs::perms(0777));
    EXPECT_EQ(set({ownNetns(), kWanted, true}).error().kind, Kind::WriteFailed);
    EXPECT_EQ(operations.inEffect().value(), KeepaliveDefaults());
}

TEST(Commands, canBeTyped) {
    EXPECT_EQ(commandFor({1, kWanted, false}), "sudo sysctl -w net.ipv4.tcp_keepalive_time=600 "
                                               "net.ipv4.tcp_keepalive_intvl=30 net.ipv4.tcp_keepalive_probes=5");
    EXPECT_TRUE(commandFor({1, kWanted, true}).ends_with(" | sudo tee /etc/sysctl.d/60-halfopen-keepalive.conf"));
    EXPECT_EQ(commandToForget(), "sudo rm /etc/sysctl.d/60-halfopen-keepalive.conf");
}

} // namespace
} // namespace halfopen
