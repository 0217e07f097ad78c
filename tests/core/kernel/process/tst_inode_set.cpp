// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/inode_set.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace halfopen {
namespace {

TEST(InodeSet, zeroIsNoInode) {
    InodeSet set;
    EXPECT_FALSE(set.insert(0));
    EXPECT_FALSE(set.contains(0));
    EXPECT_TRUE(set.insert(7));
    EXPECT_FALSE(set.contains(0));
}

RC_GTEST_PROP(InodeSet, holdsWhatWasPutIn, (const std::vector<std::uint16_t>& inodes)) {
    InodeSet set;
    std::set<std::uint32_t> reference;
    for (const std::uint16_t inode : inodes)
        RC_ASSERT(set.insert(inode) == (inode != 0 && reference.insert(inode).second));
    RC_ASSERT(set.size() == reference.size());
    for (std::uint32_t inode = 0; inode < 300; ++inode)
        RC_ASSERT(set.contains(inode) == reference.contains(inode));
    std::set<std::uint32_t> visited;
    set.forEach([&](std::uint32_t inode) { visited.insert(inode); });
    RC_ASSERT(visited == reference);
}

} // namespace
} // namespace halfopen
