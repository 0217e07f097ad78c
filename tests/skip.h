// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <string_view>

namespace halfopen::test {

inline bool underCi() {
    const char* ci = std::getenv("CI");
    return ci != nullptr && std::string_view(ci) == "true";
}

} // namespace halfopen::test

/// Of a test that root, namespaces and the packages of ./dev allow: skipped where a person runs it without them, a
/// failure under CI, which has them all. What the kernel or the machine lacks is a GTEST_SKIP().
#define SKIP_UNLESS_CI(why)                                                                                            \
    do {                                                                                                               \
        if (::halfopen::test::underCi())                                                                               \
            FAIL() << "a skip under CI: " << (why);                                                                    \
        GTEST_SKIP() << (why);                                                                                         \
    } while (false)
