// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/podman/container.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    if (std::getenv("HALFOPEN_BOX") == nullptr) { // users, settings and rules of this machine are none of a test's
        std::puts("skipped: it runs in a root of its own alone, see tests/helper/box.sh");
        return 77;
    }
    halfopen::test::prepareHost();
    halfopen::test::prepareUser(halfopen::test::kAlice, "pod-alice");
    return RUN_ALL_TESTS();
}
