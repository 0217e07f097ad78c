# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_actions SOURCES actions/tst_direct_first.cpp actions/tst_direct_operations.cpp
              LIBS halfopen_core GTest::gtest_main)
# On the real kernel, in a network namespace of their own.
halfopen_test(tst_living_connections
    SOURCES own_network.cpp ../lab/in_child.cpp actions/tst_mptcp.cpp actions/tst_single_search.cpp actions/tst_socket_closing.cpp
        actions/tst_socket_reading.cpp actions/tst_socket_setting.cpp kernel/diag/tst_destroy.cpp
        kernel/diag/tst_exact_lookup.cpp kernel/process/tst_dead_sockets.cpp
    LIBS halfopen_core GTest::gtest)
