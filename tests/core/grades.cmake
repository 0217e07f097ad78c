# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_grades SOURCES grades/tst_broken.cpp grades/tst_grade_end.cpp grades/tst_grade_next.cpp grades/tst_promise_book.cpp
              grades/tst_totals.cpp
              LIBS halfopen_core rapidcheck rapidcheck_gtest GTest::gtest_main)
