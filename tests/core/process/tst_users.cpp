// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/process/users.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

TEST(UserNames, rootHasANameAndAnUnusedNumberHasNone) {
    UserNames names;
    EXPECT_EQ(names(0), "root");
    EXPECT_EQ(names(3'999'999'999u), std::nullopt);
    EXPECT_EQ(&names(0), &names(0)) << "looked up once";
}

} // namespace
} // namespace halfopen
