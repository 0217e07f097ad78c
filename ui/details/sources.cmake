# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_ui PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/clock_facts.cpp
    ${CMAKE_CURRENT_LIST_DIR}/details_pane.cpp ${CMAKE_CURRENT_LIST_DIR}/details_pane.h
    ${CMAKE_CURRENT_LIST_DIR}/headline.cpp
    ${CMAKE_CURRENT_LIST_DIR}/owner_facts.cpp
    ${CMAKE_CURRENT_LIST_DIR}/option_facts.cpp
    ${CMAKE_CURRENT_LIST_DIR}/tcp_facts.cpp
    ${CMAKE_CURRENT_LIST_DIR}/timeline_layout.cpp
    ${CMAKE_CURRENT_LIST_DIR}/timeline_of.cpp
    ${CMAKE_CURRENT_LIST_DIR}/timeline_view.cpp ${CMAKE_CURRENT_LIST_DIR}/timeline_view.h)
