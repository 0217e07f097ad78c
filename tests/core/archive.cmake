# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_archive SOURCES archive/tst_archive.cpp ../lab/in_child.cpp
              LIBS halfopen_core SQLite::SQLite3 GTest::gtest_main SANITIZE address thread)
