# SPDX-License-Identifier: GPL-3.0-or-later
find_package(rapidcheck REQUIRED)
# In a network namespace of their own, where no other socket comes up and makes a round through /proc due.
halfopen_test(tst_process
    SOURCES own_network.cpp kernel/process/tst_cgroup.cpp kernel/process/tst_cgroup_names.cpp
        kernel/process/tst_descriptor_walk.cpp kernel/process/tst_host_names.cpp
        kernel/process/tst_inode_set.cpp kernel/process/tst_machine_watch.cpp kernel/process/tst_owner_scan.cpp
        kernel/process/tst_users.cpp monitor/tst_given_readings.cpp monitor/tst_process_lookup.cpp
        monitor/tst_reading_again.cpp
    LIBS halfopen_core rapidcheck GTest::gtest)
