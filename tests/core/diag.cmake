# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_diag SOURCES diag/tst_decode.cpp diag/tst_destroy_events.cpp diag/tst_message_reader.cpp diag/tst_netlink_receive.cpp diag/tst_netlink_source.cpp
              diag/tst_recording.cpp diag/tst_socket_bytecode.cpp
              LIBS halfopen_core GTest::gtest_main)
target_compile_definitions(tst_diag PRIVATE HALFOPEN_RECORDINGS="${PROJECT_SOURCE_DIR}/tests/recordings")
halfopen_test(tst_netlink_paths SOURCES own_network.cpp diag/tst_mptcp_dump.cpp diag/tst_netlink_paths.cpp LIBS halfopen_core GTest::gtest_main)
