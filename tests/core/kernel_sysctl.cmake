# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_sysctl
    SOURCES kernel/sysctl/tst_boot_reader.cpp kernel/sysctl/tst_sysctl_reader.cpp kernel/sysctl/tst_sysctl_writer.cpp
    LIBS halfopen_core GTest::gtest_main)
