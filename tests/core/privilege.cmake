# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_privilege SOURCES privilege/tst_direct_first.cpp tst_direct_operations.cpp tst_privilege_error.cpp
              LIBS halfopen_core GTest::gtest_main)
# On the real kernel, in a network namespace of their own.
halfopen_test(tst_living_connections
    SOURCES own_network.cpp ../lab/in_child.cpp diag/tst_destroy.cpp diag/tst_exact_lookup.cpp privilege/tst_socket_closing.cpp process/tst_dead_sockets.cpp
        privilege/tst_socket_reading.cpp privilege/tst_socket_setting.cpp privilege/tst_single_search.cpp
    LIBS halfopen_core GTest::gtest)
