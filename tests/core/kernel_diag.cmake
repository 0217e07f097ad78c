# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_diag
    SOURCES kernel/diag/tst_decode.cpp kernel/diag/tst_destroy_events.cpp kernel/diag/tst_message_reader.cpp
        kernel/diag/tst_netlink_receive.cpp kernel/diag/tst_netlink_source.cpp kernel/diag/tst_no_sock_diag.cpp
        kernel/diag/tst_recording.cpp
        kernel/diag/tst_socket_bytecode.cpp
    LIBS halfopen_core GTest::gtest_main)
target_compile_definitions(tst_diag PRIVATE HALFOPEN_RECORDINGS="${PROJECT_SOURCE_DIR}/tests/recordings")
halfopen_test(tst_netlink_paths
    SOURCES own_network.cpp kernel/diag/tst_mptcp_dump.cpp kernel/diag/tst_netlink_paths.cpp
        kernel/diag/tst_tracked_flow.cpp
    LIBS halfopen_core GTest::gtest_main)
# The kernel's struct tcp_info; a Socket of its own.
set_source_files_properties(kernel/diag/tst_netlink_source.cpp kernel/diag/tst_socket_bytecode.cpp PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
