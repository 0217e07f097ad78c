# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_format SOURCES format/tst_certificate_json.cpp format/tst_duration.cpp format/tst_json.cpp format/tst_table.cpp
              LIBS halfopen_core nlohmann_json::nlohmann_json GTest::gtest_main)
