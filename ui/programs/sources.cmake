# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_ui PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/desktop_entry.cpp
    ${CMAKE_CURRENT_LIST_DIR}/desktop_programs.cpp ${CMAKE_CURRENT_LIST_DIR}/desktop_programs.h)
