# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_ui PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/action_strings.cpp
    ${CMAKE_CURRENT_LIST_DIR}/change_flow.cpp ${CMAKE_CURRENT_LIST_DIR}/change_flow.h
    ${CMAKE_CURRENT_LIST_DIR}/change_panel.cpp ${CMAKE_CURRENT_LIST_DIR}/change_panel.h
    ${CMAKE_CURRENT_LIST_DIR}/change_proof.cpp
    ${CMAKE_CURRENT_LIST_DIR}/close_flow.cpp ${CMAKE_CURRENT_LIST_DIR}/close_flow.h
    ${CMAKE_CURRENT_LIST_DIR}/close_strings.cpp
    ${CMAKE_CURRENT_LIST_DIR}/exact_reader.cpp ${CMAKE_CURRENT_LIST_DIR}/exact_reader.h
    ${CMAKE_CURRENT_LIST_DIR}/options_editor.cpp ${CMAKE_CURRENT_LIST_DIR}/options_editor.h
    ${CMAKE_CURRENT_LIST_DIR}/rearm.cpp ${CMAKE_CURRENT_LIST_DIR}/rearm.h
    ${CMAKE_CURRENT_LIST_DIR}/targets.cpp)
