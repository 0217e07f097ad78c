# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_stream
    SOURCES stream/tst_clock_map.cpp stream/tst_compression.cpp stream/tst_configured_hosts.cpp stream/tst_far_command.cpp stream/tst_far_ending.cpp
        stream/tst_far_machine.cpp stream/tst_far_process.cpp stream/tst_messages.cpp stream/tst_remote_link.cpp stream/tst_ss_reader.cpp stream/tst_stream_reader.cpp stream/tst_told_so_far.cpp
    LIBS test_frames halfopen_core GTest::gtest_main)
if(ZSTD_FOUND)
    target_link_libraries(tst_stream PRIVATE PkgConfig::ZSTD)
    target_compile_definitions(tst_stream PRIVATE HALFOPEN_ZSTD)
endif()
