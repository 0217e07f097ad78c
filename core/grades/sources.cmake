# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_core PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/broken_report.cpp
    ${CMAKE_CURRENT_LIST_DIR}/event_time.cpp
    ${CMAKE_CURRENT_LIST_DIR}/forecast_totals.cpp
    ${CMAKE_CURRENT_LIST_DIR}/grade_end.cpp
    ${CMAKE_CURRENT_LIST_DIR}/grader.cpp
    ${CMAKE_CURRENT_LIST_DIR}/promise.cpp
    ${CMAKE_CURRENT_LIST_DIR}/promise_book.cpp
    ${CMAKE_CURRENT_LIST_DIR}/sightings.cpp)
