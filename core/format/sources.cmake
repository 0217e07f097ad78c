# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_core PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/columns.cpp
    ${CMAKE_CURRENT_LIST_DIR}/condition_text.cpp
    ${CMAKE_CURRENT_LIST_DIR}/duration.cpp
    ${CMAKE_CURRENT_LIST_DIR}/ended_connection_json.cpp
    ${CMAKE_CURRENT_LIST_DIR}/events.cpp
    ${CMAKE_CURRENT_LIST_DIR}/explain.cpp
    ${CMAKE_CURRENT_LIST_DIR}/held.cpp
    ${CMAKE_CURRENT_LIST_DIR}/json.cpp
    ${CMAKE_CURRENT_LIST_DIR}/socket_report.cpp
    ${CMAKE_CURRENT_LIST_DIR}/sysctl_report.cpp
    ${CMAKE_CURRENT_LIST_DIR}/table.cpp
    ${CMAKE_CURRENT_LIST_DIR}/user_timeout.cpp)
