# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_core PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/fetched_socket.cpp
    ${CMAKE_CURRENT_LIST_DIR}/own_rights.cpp
    ${CMAKE_CURRENT_LIST_DIR}/socket_options.cpp)
