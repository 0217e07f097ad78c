# SPDX-License-Identifier: GPL-3.0-or-later
# In a network namespace of their own; those of others are made by each test.
halfopen_test(tst_netns SOURCES own_network.cpp ../lab/in_child.cpp netns/tst_netns_access.cpp netns/tst_netns_finder.cpp
                                netns/tst_netns_lookup.cpp netns/tst_netns_names.cpp netns/tst_proc_net_source.cpp
              LIBS halfopen_core GTest::gmock GTest::gtest LABELS lab)
