# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_core PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/clock_log.cpp
    ${CMAKE_CURRENT_LIST_DIR}/give_up.cpp
    ${CMAKE_CURRENT_LIST_DIR}/held_connections.cpp
    ${CMAKE_CURRENT_LIST_DIR}/history.cpp
    ${CMAKE_CURRENT_LIST_DIR}/judge.cpp
    ${CMAKE_CURRENT_LIST_DIR}/recorder.cpp
    ${CMAKE_CURRENT_LIST_DIR}/wire_proof.cpp)
