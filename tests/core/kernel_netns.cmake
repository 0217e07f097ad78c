# SPDX-License-Identifier: GPL-3.0-or-later
# In a network namespace of their own; those of others are made by each test.
halfopen_test(tst_netns
    SOURCES own_network.cpp ../lab/in_child.cpp kernel/netns/tst_handed_access.cpp kernel/netns/tst_netns_access.cpp kernel/netns/tst_netns_finder.cpp
        kernel/diag/tst_proc_net_source.cpp kernel/diag/tst_quiet_netns.cpp kernel/process/tst_netns_names.cpp monitor/tst_netns_lookup.cpp monitor/tst_netns_recording.cpp
        monitor/tst_all_netns.cpp monitor/tst_sandboxes.cpp actions/tst_other_netns.cpp
    LIBS halfopen_core GTest::gmock GTest::gtest LABELS lab)
