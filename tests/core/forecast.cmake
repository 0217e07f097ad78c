# SPDX-License-Identifier: GPL-3.0-or-later
find_package(rapidcheck REQUIRED)
halfopen_test(tst_forecast
    SOURCES
        forecast/tst_wheel.cpp
        forecast/tst_schedule.cpp
        forecast/tst_keepalive.cpp
        forecast/tst_retransmission.cpp
        forecast/tst_window_probe.cpp
        forecast/tst_handshake_and_closing.cpp
        forecast/tst_classification.cpp
        forecast/tst_flight_conditions.cpp forecast/tst_keepalive_conditions.cpp
        forecast/tst_opening_conditions.cpp forecast/tst_window_conditions.cpp
        forecast/tst_armed_level.cpp forecast/tst_bands.cpp
        forecast/tst_diagnosis.cpp forecast/tst_exact_facts.cpp
        forecast/tst_proof_of_life.cpp
        forecast/tst_properties.cpp
        forecast/tst_recovery_continued.cpp
        forecast/tst_unread_settings.cpp
        forecast/tst_what_if.cpp
    LIBS halfopen_core rapidcheck rapidcheck_gtest GTest::gtest_main)
# Their vectors have the same names.
set_source_files_properties(forecast/tst_handshake_and_closing.cpp forecast/tst_retransmission.cpp PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
