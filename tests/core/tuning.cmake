# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_tuning
    SOURCES tuning/tst_change_progress.cpp tuning/tst_effect.cpp tuning/tst_export_text.cpp tuning/tst_followers.cpp
        tuning/tst_middlebox.cpp tuning/tst_netns_keeping.cpp tuning/tst_steps.cpp
    LIBS test_frames halfopen_core GTest::gtest_main)
target_compile_definitions(tst_tuning PRIVATE PRESETS_FILE="${PROJECT_SOURCE_DIR}/resources/presets.json")
