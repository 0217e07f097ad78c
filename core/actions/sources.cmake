# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_core PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/direct_first.cpp
    ${CMAKE_CURRENT_LIST_DIR}/direct_operations.cpp
    ${CMAKE_CURRENT_LIST_DIR}/direct_socket_operations.cpp
    ${CMAKE_CURRENT_LIST_DIR}/holder_pass.cpp
    ${CMAKE_CURRENT_LIST_DIR}/keepalive_trial.cpp
    ${CMAKE_CURRENT_LIST_DIR}/socket_checks.cpp
    ${CMAKE_CURRENT_LIST_DIR}/socket_closing.cpp
    ${CMAKE_CURRENT_LIST_DIR}/socket_setting.cpp
    ${CMAKE_CURRENT_LIST_DIR}/socket_targets.cpp)
