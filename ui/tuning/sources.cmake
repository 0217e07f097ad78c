# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_ui PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/apply_bar.cpp ${CMAKE_CURRENT_LIST_DIR}/apply_bar.h
    ${CMAKE_CURRENT_LIST_DIR}/apply_flow.cpp ${CMAKE_CURRENT_LIST_DIR}/apply_flow.h
    ${CMAKE_CURRENT_LIST_DIR}/counted_lines.cpp ${CMAKE_CURRENT_LIST_DIR}/counted_lines.h
    ${CMAKE_CURRENT_LIST_DIR}/effect_panel.cpp ${CMAKE_CURRENT_LIST_DIR}/effect_panel.h
    ${CMAKE_CURRENT_LIST_DIR}/export_menu.cpp ${CMAKE_CURRENT_LIST_DIR}/export_menu.h
    ${CMAKE_CURRENT_LIST_DIR}/preset_list.cpp ${CMAKE_CURRENT_LIST_DIR}/preset_list.h
    ${CMAKE_CURRENT_LIST_DIR}/track_geometry.cpp
    ${CMAKE_CURRENT_LIST_DIR}/track_paint.cpp
    ${CMAKE_CURRENT_LIST_DIR}/track_view.cpp ${CMAKE_CURRENT_LIST_DIR}/track_view.h
    ${CMAKE_CURRENT_LIST_DIR}/track_view_paint.cpp
    ${CMAKE_CURRENT_LIST_DIR}/tuning_page.cpp ${CMAKE_CURRENT_LIST_DIR}/tuning_page.h
    ${CMAKE_CURRENT_LIST_DIR}/tuning_strings.cpp
    ${CMAKE_CURRENT_LIST_DIR}/value_editor.cpp ${CMAKE_CURRENT_LIST_DIR}/value_editor.h)
