# SPDX-License-Identifier: GPL-3.0-or-later
set(tuning ${CMAKE_CURRENT_LIST_DIR})
target_sources(halfopen_ui PRIVATE
    ${tuning}/apply_bar.cpp ${tuning}/apply_bar.h
    ${tuning}/apply_flow.cpp ${tuning}/apply_flow.h
    ${tuning}/counted_lines.cpp ${tuning}/counted_lines.h
    ${tuning}/effect_panel.cpp ${tuning}/effect_panel.h
    ${tuning}/export_menu.cpp ${tuning}/export_menu.h
    ${tuning}/preset_list.cpp ${tuning}/preset_list.h
    ${tuning}/track_geometry.cpp
    ${tuning}/track_paint.cpp
    ${tuning}/track_view.cpp ${tuning}/track_view.h
    ${tuning}/track_view_paint.cpp
    ${tuning}/tuning_page.cpp ${tuning}/tuning_page.h
    ${tuning}/tuning_words.cpp
    ${tuning}/value_editor.cpp ${tuning}/value_editor.h)
