# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_text SOURCES text/tst_foreign_text.cpp LIBS halfopen_core GTest::gtest_main)
