# SPDX-License-Identifier: GPL-3.0-or-later
find_package(rapidcheck REQUIRED)
# In a network namespace of their own, where no other socket comes up and makes a round through /proc due.
halfopen_test(tst_process SOURCES own_network.cpp process/tst_descriptor_walk.cpp process/tst_given_readings.cpp process/tst_inode_set.cpp process/tst_process_lookup.cpp
                                  process/tst_listeners.cpp process/tst_machine_watch.cpp process/tst_owner_scan.cpp process/tst_process_unit.cpp process/tst_reading_again.cpp
                                  process/tst_users.cpp
              LIBS halfopen_core rapidcheck GTest::gtest)
