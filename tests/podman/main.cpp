// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/podman/container.h"

#include <gtest/gtest.h>

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    halfopen::test::prepareHost();
    halfopen::test::prepareUser(halfopen::test::kAlice, "pod-alice");
    return RUN_ALL_TESTS();
}
