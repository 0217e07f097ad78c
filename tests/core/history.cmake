# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_history SOURCES history/tst_archive.cpp history/tst_ended_connection.cpp history/tst_dead_connections.cpp history/tst_classifier.cpp
              ../lab/in_child.cpp
              LIBS halfopen_core SQLite::SQLite3 GTest::gtest_main SANITIZE address thread)
