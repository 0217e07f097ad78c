# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_monitor SOURCES monitor/tst_activity_log.cpp monitor/tst_another_machine.cpp monitor/tst_facts.cpp monitor/tst_failed_sample.cpp monitor/tst_frame_builder.cpp monitor/tst_frame_pool.cpp
              monitor/tst_monitor.cpp monitor/tst_reading_turns.cpp monitor/tst_sampler.cpp
              monitor/tst_several_netns.cpp
              LIBS test_frames halfopen_core GTest::gtest_main SANITIZE address thread)
# A time limit of its own.
set_source_files_properties(monitor/tst_sampler.cpp PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
