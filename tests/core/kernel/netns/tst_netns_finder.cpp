// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/netns/netns_finder.h"
#include "core/kernel/netns/netns_id.h"
#include "tests/core/kernel/netns/resident.h"
#include "tests/lab/in_child.h"
#include "tests/skip.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <sys/mount.h>

#include <filesystem>
#include <optional>
#include <set>

namespace halfopen {
namespace {

using namespace test;

const FoundNetns* of(const NetnsFinder& finder, pid_t pid) {
    const auto& all = finder.namespaces();
    const auto found = std::ranges::find_if(all, [pid](const FoundNetns& netns) {
        return std::ranges::find(netns.processes, pid) != netns.processes.end();
    });
    return found == all.end() ? nullptr : &*found;
}

std::string describe(const FoundNetns* netns, const Resident& resident) {
    if (netns == nullptr)
        return "not found";
    return fmt::format("{}{}{}", netns->inode == resident.facts().inode ? "inode " : "",
                       netns->cookie != 0 && netns->cookie == resident.facts().netnsCookie ? "cookie " : "",
                       netns->processes.size());
}

class NetnsFinder_ : public testing::Test {
protected:
    void SetUp() override {
        if (!isRoot())
            SKIP_UNLESS_CI("needs root, to make namespaces of several users");
    }
    MonotonicTime now = MonotonicClock::now();
    NetnsFinder finder;
};

TEST_F(NetnsFinder_, eachIsFoundOnceAndOnesOwnFirst) {
    const Resident one;
    const Resident two(kAlice);
    finder.look(now);
    const auto& all = finder.namespaces();
    ASSERT_FALSE(all.empty());
    EXPECT_TRUE(all.front().own);
    EXPECT_EQ(all.front().inode, ownNetns());
    EXPECT_EQ(describe(of(finder, one.pid()), one), "inode cookie 1");
    EXPECT_EQ(describe(of(finder, two.pid()), two), "inode cookie 1");
    std::set<NetnsId> inodes;
    for (const FoundNetns& netns : all)
        EXPECT_TRUE(netns.inode == 0 || inodes.insert(netns.inode).second) << netns.inode;
}

TEST_F(NetnsFinder_, newAndGoneOnesAreNoticedByTheNextLook) {
    finder.look(now);
    Resident one;
    EXPECT_TRUE(finder.look(now + std::chrono::seconds(1)));
    EXPECT_NE(of(finder, one.pid()), nullptr);
    const pid_t pid = one.pid();
    one.end();
    EXPECT_TRUE(finder.look(now + std::chrono::seconds(2)));
    EXPECT_EQ(of(finder, pid), nullptr);
}

TEST_F(NetnsFinder_, whoMovesSoonAfterItsStartIsFollowed) {
    finder.look(now);
    int go[2];
    int moved[2];
    ASSERT_EQ(pipe(go) + pipe(moved), 0);
    const pid_t mover = fork();
    if (mover == 0) {
        char byte = 0;
        const bool ok = read(go[0], &byte, 1) == 1 && unshare(CLONE_NEWNET) == 0 && write(moved[1], "x", 1) == 1;
        for (; ok;)
            pause();
        _exit(1);
    }
    finder.look(now + std::chrono::seconds(1));
    ASSERT_NE(of(finder, mover), nullptr);
    EXPECT_TRUE(of(finder, mover)->own) << "as it was born";
    char byte = 'x';
    EXPECT_EQ(write(go[1], &byte, 1), 1);
    EXPECT_EQ(read(moved[0], &byte, 1), 1);
    EXPECT_TRUE(finder.look(now + std::chrono::seconds(2)));
    EXPECT_FALSE(of(finder, mover)->own);
    kill(mover, SIGKILL);
    waitpid(mover, nullptr, 0);
    for (const int end : {go[0], go[1], moved[0], moved[1]})
        close(end);
}

TEST_F(NetnsFinder_, anInodeThatIsGivenAgainIsAnotherNamespace) {
    std::set<std::uint64_t> cookies;
    std::set<NetnsId> inodes;
    // The kernel clears up behind a namespace at its leisure: its inode is free some rounds later, and later still
    // while others make and end namespaces as well.
    std::size_t rounds = 0;
    for (; rounds < 3000 && inodes.size() == rounds; ++rounds) {
        const Resident one;
        now += std::chrono::seconds(1);
        finder.look(now);
        const FoundNetns* found = of(finder, one.pid());
        ASSERT_NE(found, nullptr);
        EXPECT_EQ(found->cookie, one.facts().netnsCookie) << rounds;
        cookies.insert(found->cookie);
        inodes.insert(found->inode);
    }
    EXPECT_EQ(cookies.size(), rounds);
    EXPECT_LT(inodes.size(), rounds) << "the kernel gives inodes again, or this tests nothing";
}

TEST_F(NetnsFinder_, oneThatOnlyAMountKeepsIsFoundAndOpened) {
    const std::string said = inChild([&]() -> std::string {
        if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
            ::mount("none", "/run", "tmpfs", 0, nullptr) != 0)
            return "no mounts of its own";
        std::filesystem::create_directories("/run/netns");
        std::ofstream("/run/netns/bl ue");
        NetnsFinder here;
        here.look(now);
        NetnsId inode = 0;
        std::uint64_t cookie = 0;
        {
            const Resident one;
            inode = one.facts().inode;
            cookie = one.facts().netnsCookie;
            if (::mount(fmt::format("/proc/{}/ns/net", one.pid()).c_str(), "/run/netns/bl ue", nullptr, MS_BIND,
                        nullptr) != 0)
                return "no mount";
        }
        here.look(now + std::chrono::milliseconds(1)); // a mount is noticed at once
        const auto found = std::ranges::find(here.namespaces(), inode, &FoundNetns::inode);
        if (found == here.namespaces().end() || !openNetnsFile(*found))
            return "not found";
        if (found->cookie != cookie || !found->processes.empty())
            return "another one";
        const std::string path = found->mounts.front();
        ::umount("/run/netns/bl ue");
        here.look(now + std::chrono::milliseconds(2));
        const bool gone = std::ranges::find(here.namespaces(), inode, &FoundNetns::inode) == here.namespaces().end();
        return path + (gone ? ", gone" : ", there");
    });
    EXPECT_EQ(said, "/run/netns/bl ue, gone");
}

/// A namespace that only a descriptor keeps. Where nobody else's processes are: whoever looks as well opens it too.
struct Kept {
    Kept() {
        const Resident one;
        file.reset(::open(fmt::format("/proc/{}/ns/net", one.pid()).c_str(), O_RDONLY | O_CLOEXEC));
        inode = one.facts().inode;
    }
    bool isIn(const NetnsFinder& finder) const { return foundBy(finder) != nullptr; }
    const FoundNetns* foundBy(const NetnsFinder& finder) const {
        const auto found = std::ranges::find(finder.namespaces(), inode, &FoundNetns::inode);
        return found == finder.namespaces().end() ? nullptr : &*found;
    }

    UniqueFd file;
    NetnsId inode = 0;
};

TEST_F(NetnsFinder_, oneThatOnlyADescriptorKeepsIsFoundWhereItIsAskedFor) {
    const std::string said = inChildAlone([&]() -> std::string {
        NetnsFinder here;
        Kept kept;
        Child keeper([] {});
        kept.file.reset();
        here.look(now);
        EXPECT_FALSE(kept.isIn(here));
        here.look(now, NetnsFinder::Depth::Descriptors);
        if (!kept.isIn(here))
            return "not found";
        EXPECT_EQ(kept.foundBy(here)->descriptorPid, keeper.pid());
        EXPECT_TRUE(openNetnsFile(*kept.foundBy(here)));
        here.look(now + std::chrono::seconds(1));
        EXPECT_TRUE(kept.isIn(here)) << "a quick look follows it";
        keeper.end();
        here.look(now + std::chrono::seconds(2));
        EXPECT_FALSE(kept.isIn(here));
        return "found";
    });
    EXPECT_EQ(said, "found");
}

TEST_F(NetnsFinder_, oneThatOnlyADescriptorKeepsIsComeToInTurn) {
    const std::string said = inChildAlone([&]() -> std::string {
        NetnsFinder here;
        const Kept kept;
        const Child looksToo([] { ::prctl(PR_SET_NAME, "halfopenctl"); });
        std::optional<Child> keeper(std::in_place, [] {});
        // A turn is over when what comes after has waited for the next one.
        for (int look = 0; look < 2000 && !kept.isIn(here); ++look)
            here.look(now += std::chrono::seconds(1), NetnsFinder::Depth::InTurn);
        EXPECT_TRUE(kept.isIn(here));
        keeper.reset();
        here.look(now += std::chrono::seconds(1), NetnsFinder::Depth::InTurn);
        EXPECT_FALSE(kept.isIn(here)) << "that of this process, and of one that looks as well, keep nothing";
        here.look(now += std::chrono::seconds(1), NetnsFinder::Depth::Descriptors);
        EXPECT_FALSE(kept.isIn(here));
        return "come to";
    });
    EXPECT_EQ(said, "come to");
}

TEST_F(NetnsFinder_, anybodySeesTheNamespacesOfOthers) {
    const Resident roots;
    const Resident alices(kAlice);
    const std::string said = inChild(
        [&]() -> std::string {
            NetnsFinder bobs;
            bobs.look(now);
            const FoundNetns* first = of(bobs, roots.pid());
            const FoundNetns* second = of(bobs, alices.pid());
            const FoundNetns* own = of(bobs, ::getpid());
            if (!first || !second || !own || first == second || first == own || !own->own)
                return "not told apart";
            if (openNetnsFile(*first) || openNetnsFile(*second))
                return "opened";
            return fmt::format("{} {} {} {}", first->inode, first->processes.size(), second->inode,
                               second->processes.size());
        },
        kBob);
    EXPECT_EQ(said, "0 1 0 1");
}

TEST(NsfsMounts, onlyNetworkNamespacesAreTold) {
    const auto mounts = parseNsfsMounts("25 30 0:23 / /proc rw,relatime shared:14 - proc proc rw\n"
                                        "640 26 0:4 net:[4026532177] /run/netns/blue rw shared:350 - nsfs nsfs rw\n"
                                        "641 26 0:4 net:[4026532178] /run/netns/a\\040b\\134c rw - nsfs nsfs rw\n"
                                        "642 26 0:4 mnt:[4026532179] /run/ns rw - nsfs nsfs rw\n"
                                        "643 26 0:4 net:[40265321 /run/netns/cut rw - nsfs nsfs rw\n"
                                        "644 26 0:4 net:[4026532180] /evil\\012line - ext4 - nsfs nsfs rw\n"
                                        "broken\n"
                                        "645 26 0:4 net:[4026532181");
    ASSERT_EQ(mounts.size(), 3U);
    EXPECT_EQ(mounts[0], (NsfsMount{4026532177, "/run/netns/blue"}));
    EXPECT_EQ(mounts[1], (NsfsMount{4026532178, "/run/netns/a b\\c"}));
    EXPECT_EQ(mounts[2], (NsfsMount{4026532180, "/evil\nline"}));
}

} // namespace
} // namespace halfopen
