# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_core PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/foreign_text.cpp
    ${CMAKE_CURRENT_LIST_DIR}/json_writer.cpp
    ${CMAKE_CURRENT_LIST_DIR}/unicode.cpp)
