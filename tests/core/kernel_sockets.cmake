# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_socket_access SOURCES kernel/sockets/tst_socket_access.cpp LIBS halfopen_core GTest::gtest_main)
