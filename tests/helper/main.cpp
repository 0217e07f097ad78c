// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/helper/box.h"

#include <QCoreApplication>

int main(int argc, char** argv) {
    qputenv("LC_ALL", "C.UTF-8"); // halfopenctl speaks English to the tests
    const QCoreApplication application(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    testing::AddGlobalTestEnvironment(new halfopen::Box); // GoogleTest owns it
    return RUN_ALL_TESTS();
}
