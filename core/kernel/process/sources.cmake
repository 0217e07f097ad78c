# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_core PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/dead_sockets.cpp
    ${CMAKE_CURRENT_LIST_DIR}/descriptor_walk.cpp
    ${CMAKE_CURRENT_LIST_DIR}/machine_watch.cpp
    ${CMAKE_CURRENT_LIST_DIR}/owner_scan.cpp
    ${CMAKE_CURRENT_LIST_DIR}/proc_directory.cpp
    ${CMAKE_CURRENT_LIST_DIR}/process_unit.cpp
    ${CMAKE_CURRENT_LIST_DIR}/shared_walk.cpp
    ${CMAKE_CURRENT_LIST_DIR}/users.cpp)
