# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_core PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/aftermath.cpp
    ${CMAKE_CURRENT_LIST_DIR}/effect.cpp
    ${CMAKE_CURRENT_LIST_DIR}/export_text.cpp
    ${CMAKE_CURRENT_LIST_DIR}/followers.cpp
    ${CMAKE_CURRENT_LIST_DIR}/followership.cpp
    ${CMAKE_CURRENT_LIST_DIR}/middlebox.cpp
    ${CMAKE_CURRENT_LIST_DIR}/steps.cpp)
