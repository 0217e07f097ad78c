# SPDX-License-Identifier: GPL-3.0-or-later
find_package(rapidcheck REQUIRED)
halfopen_test(tst_keepalive SOURCES keepalive/tst_knowledge.cpp keepalive/tst_living_sockets.cpp
              LIBS halfopen_core rapidcheck GTest::gtest_main)
# A Watch of its own.
set_source_files_properties(keepalive/tst_living_sockets.cpp PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
