# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_core PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/boot_configuration.cpp
    ${CMAKE_CURRENT_LIST_DIR}/boot_services.cpp
    ${CMAKE_CURRENT_LIST_DIR}/drop_in.cpp
    ${CMAKE_CURRENT_LIST_DIR}/sysctl_lines.cpp
    ${CMAKE_CURRENT_LIST_DIR}/sysctl_reader.cpp
    ${CMAKE_CURRENT_LIST_DIR}/sysctl_writer.cpp)
