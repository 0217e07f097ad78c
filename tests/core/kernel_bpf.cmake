# SPDX-License-Identifier: GPL-3.0-or-later
halfopen_test(tst_bpf
    SOURCES own_network.cpp kernel/bpf/tst_decode_record.cpp kernel/bpf/tst_exact_source.cpp
    LIBS halfopen_core GTest::gtest LABELS lab SANITIZE address)
