# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_ui PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/watch.cpp
    ${CMAKE_CURRENT_LIST_DIR}/watch_menu.cpp ${CMAKE_CURRENT_LIST_DIR}/watch_menu.h)
