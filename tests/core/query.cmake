# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_query SOURCES query/tst_drift.cpp query/tst_filter.cpp query/tst_filter_completion.cpp query/tst_filter_errors.cpp query/tst_filter_hints.cpp query/tst_filter_language.cpp query/tst_filter_values.cpp query/tst_groups.cpp query/tst_order.cpp query/tst_port_pressure.cpp query/tst_overview.cpp query/tst_push_down.cpp query/tst_summary.cpp query/tst_tracking.cpp LIBS test_frames halfopen_core GTest::gtest_main)
# Their machines and cases have the same names.
set_source_files_properties(query/tst_filter_hints.cpp query/tst_filter_language.cpp query/tst_filter_values.cpp query/tst_groups.cpp query/tst_overview.cpp query/tst_summary.cpp PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
