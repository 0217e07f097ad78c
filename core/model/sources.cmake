# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_core PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/condition.cpp
    ${CMAKE_CURRENT_LIST_DIR}/connection.cpp
    ${CMAKE_CURRENT_LIST_DIR}/cookie_index.cpp
    ${CMAKE_CURRENT_LIST_DIR}/ended_connection.cpp
    ${CMAKE_CURRENT_LIST_DIR}/ending.cpp
    ${CMAKE_CURRENT_LIST_DIR}/endpoint.cpp
    ${CMAKE_CURRENT_LIST_DIR}/evidence.cpp
    ${CMAKE_CURRENT_LIST_DIR}/frame.cpp
    ${CMAKE_CURRENT_LIST_DIR}/grade.cpp
    ${CMAKE_CURRENT_LIST_DIR}/keepalive_options.cpp
    ${CMAKE_CURRENT_LIST_DIR}/listeners.cpp
    ${CMAKE_CURRENT_LIST_DIR}/owner.cpp
    ${CMAKE_CURRENT_LIST_DIR}/privilege_error.cpp
    ${CMAKE_CURRENT_LIST_DIR}/read_refusal.cpp
    ${CMAKE_CURRENT_LIST_DIR}/settings.cpp
    ${CMAKE_CURRENT_LIST_DIR}/state.cpp)
