# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_tcp SOURCES tst_ages.cpp tst_condition.cpp tst_endpoint.cpp tst_state.cpp LIBS halfopen_core GTest::gtest_main)
