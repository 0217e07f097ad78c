# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_core PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/cast.cpp
    ${CMAKE_CURRENT_LIST_DIR}/far_host.cpp
    ${CMAKE_CURRENT_LIST_DIR}/laboratory.cpp
    ${CMAKE_CURRENT_LIST_DIR}/line.cpp
    ${CMAKE_CURRENT_LIST_DIR}/links.cpp
    ${CMAKE_CURRENT_LIST_DIR}/net_namespace.cpp
    ${CMAKE_CURRENT_LIST_DIR}/population.cpp
    ${CMAKE_CURRENT_LIST_DIR}/tcp_socket.cpp)
