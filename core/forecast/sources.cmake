# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_core PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/armed_level.cpp
    ${CMAKE_CURRENT_LIST_DIR}/context.cpp
    ${CMAKE_CURRENT_LIST_DIR}/course.cpp
    ${CMAKE_CURRENT_LIST_DIR}/diagnosis.cpp
    ${CMAKE_CURRENT_LIST_DIR}/flight_past.cpp
    ${CMAKE_CURRENT_LIST_DIR}/forecast.cpp
    ${CMAKE_CURRENT_LIST_DIR}/names.cpp
    ${CMAKE_CURRENT_LIST_DIR}/proof_of_life.cpp
    ${CMAKE_CURRENT_LIST_DIR}/what_if.cpp
    ${CMAKE_CURRENT_LIST_DIR}/wheel.cpp
    ${CMAKE_CURRENT_LIST_DIR}/regime/closed_window.cpp
    ${CMAKE_CURRENT_LIST_DIR}/regime/dead_neighbour.cpp
    ${CMAKE_CURRENT_LIST_DIR}/regime/fin_wait2.cpp
    ${CMAKE_CURRENT_LIST_DIR}/regime/flight_conditions.cpp
    ${CMAKE_CURRENT_LIST_DIR}/regime/in_flight.cpp
    ${CMAKE_CURRENT_LIST_DIR}/regime/keepalive.cpp
    ${CMAKE_CURRENT_LIST_DIR}/regime/limit.cpp
    ${CMAKE_CURRENT_LIST_DIR}/regime/retransmission.cpp
    ${CMAKE_CURRENT_LIST_DIR}/regime/rto.cpp
    ${CMAKE_CURRENT_LIST_DIR}/regime/syn.cpp
    ${CMAKE_CURRENT_LIST_DIR}/regime/syn_ack.cpp
    ${CMAKE_CURRENT_LIST_DIR}/regime/time_wait.cpp
    ${CMAKE_CURRENT_LIST_DIR}/regime/window_probe.cpp)
