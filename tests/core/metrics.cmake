# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_metrics
    SOURCES metrics/tst_contract.cpp metrics/tst_exposition.cpp metrics/tst_frame_metrics.cpp metrics/tst_machine_reader.cpp
        metrics/tst_negotiation.cpp metrics/tst_running_metrics.cpp
    LIBS test_frames halfopen_core nlohmann_json::nlohmann_json GTest::gtest_main)
target_compile_definitions(tst_metrics PRIVATE CONTRACT_FILE="${PROJECT_SOURCE_DIR}/resources/metrics/contract.json"
                           PRESETS_FILE="${PROJECT_SOURCE_DIR}/resources/presets.json")
