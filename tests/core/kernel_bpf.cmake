# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_bpf
    SOURCES own_network.cpp ../lab/in_child.cpp kernel/bpf/tst_decode_record.cpp kernel/bpf/tst_end_ring.cpp kernel/bpf/tst_exact_monitor.cpp kernel/bpf/tst_exact_source.cpp kernel/bpf/tst_handed_programs.cpp kernel/bpf/tst_owner_iterator.cpp kernel/bpf/tst_socket_changer.cpp
    LIBS halfopen_core GTest::gtest GTest::gmock LABELS lab SANITIZE address)
halfopen_test(tst_guard
    SOURCES own_network.cpp ../lab/in_child.cpp kernel/bpf/tst_guard_program.cpp actions/tst_guard_rules.cpp
    LIBS halfopen_core GTest::gtest LABELS lab SANITIZE address)
if(NOT halfopen_bpf_why)
    halfopen_test(tst_kernel_types SOURCES kernel/bpf/tst_kernel_types.cpp LIBS halfopen_core PkgConfig::LIBBPF GTest::gmock_main)
endif()
