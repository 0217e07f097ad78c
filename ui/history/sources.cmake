# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_ui PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/ended_facts.cpp
    ${CMAKE_CURRENT_LIST_DIR}/ended_filter.cpp
    ${CMAKE_CURRENT_LIST_DIR}/history_columns.cpp
    ${CMAKE_CURRENT_LIST_DIR}/history_model.cpp ${CMAKE_CURRENT_LIST_DIR}/history_model.h
    ${CMAKE_CURRENT_LIST_DIR}/history_page.cpp ${CMAKE_CURRENT_LIST_DIR}/history_page.h
    ${CMAKE_CURRENT_LIST_DIR}/history_view.cpp ${CMAKE_CURRENT_LIST_DIR}/history_view.h)
