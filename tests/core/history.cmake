# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_history
    SOURCES history/tst_classifier.cpp history/tst_dead_connections.cpp history/tst_history.cpp history/tst_recorder.cpp history/tst_told_end.cpp
    LIBS test_frames halfopen_core GTest::gtest_main SANITIZE address thread)
