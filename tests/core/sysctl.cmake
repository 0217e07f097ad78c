# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_sysctl
    SOURCES tst_boot_configuration.cpp tst_followers.cpp tst_settings.cpp tst_sysctl_reader.cpp tst_sysctl_report.cpp tst_sysctl_writer.cpp
    LIBS halfopen_core nlohmann_json::nlohmann_json GTest::gtest_main)
