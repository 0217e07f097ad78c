# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_sysctl SOURCES tst_settings.cpp tst_sysctl_reader.cpp LIBS halfopen_core GTest::gtest_main)
