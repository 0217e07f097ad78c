# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_core PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/decode.cpp
    ${CMAKE_CURRENT_LIST_DIR}/destroy.cpp
    ${CMAKE_CURRENT_LIST_DIR}/destroy_events.cpp
    ${CMAKE_CURRENT_LIST_DIR}/dump_child.cpp
    ${CMAKE_CURRENT_LIST_DIR}/dump_process.cpp
    ${CMAKE_CURRENT_LIST_DIR}/locked_socket.cpp
    ${CMAKE_CURRENT_LIST_DIR}/message_reader.cpp
    ${CMAKE_CURRENT_LIST_DIR}/netlink_paths.cpp
    ${CMAKE_CURRENT_LIST_DIR}/netlink_source.cpp
    ${CMAKE_CURRENT_LIST_DIR}/recording.cpp
    ${CMAKE_CURRENT_LIST_DIR}/recording_trailer.cpp
    ${CMAKE_CURRENT_LIST_DIR}/recording_writer.cpp
    ${CMAKE_CURRENT_LIST_DIR}/route_socket.cpp
    ${CMAKE_CURRENT_LIST_DIR}/socket_request.cpp
    ${CMAKE_CURRENT_LIST_DIR}/tcp_info_fields.cpp)
