# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_core PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/evidence.cpp
    ${CMAKE_CURRENT_LIST_DIR}/knowledge.cpp)
