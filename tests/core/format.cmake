# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_format
    SOURCES format/tst_countdown.cpp format/tst_duration.cpp format/tst_ended_connection_json.cpp format/tst_ended_text.cpp format/tst_frame_formats.cpp format/tst_json.cpp
        format/tst_explain.cpp format/tst_json_text.cpp format/tst_sysctl_report.cpp format/tst_table.cpp format/tst_tracking_text.cpp format/tst_user_timeout.cpp
    LIBS test_frames halfopen_core nlohmann_json::nlohmann_json GTest::gtest_main GTest::gmock SANITIZE address thread)
target_compile_definitions(tst_format PRIVATE HALFOPEN_GOLDEN="${CMAKE_CURRENT_LIST_DIR}/format/golden")
# Variables of the names of others' functions.
set_source_files_properties(format/tst_json_text.cpp PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
