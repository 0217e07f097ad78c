# SPDX-License-Identifier: GPL-3.0-or-later
find_package(rapidcheck REQUIRED)
halfopen_test(tst_phase SOURCES kernel/tick/tst_phase.cpp LIBS halfopen_core rapidcheck rapidcheck_gtest GTest::gtest_main)
halfopen_test(tst_phase_slow SOURCES kernel/tick/tst_phase_slow.cpp LIBS halfopen_core GTest::gtest_main LABELS slow)
