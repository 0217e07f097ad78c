# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_ui PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/connection_actions.cpp ${CMAKE_CURRENT_LIST_DIR}/connection_actions.h
    ${CMAKE_CURRENT_LIST_DIR}/connections_page.cpp ${CMAKE_CURRENT_LIST_DIR}/connections_page.h)
