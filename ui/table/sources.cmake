# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_ui PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/cell_delegate.cpp ${CMAKE_CURRENT_LIST_DIR}/cell_delegate.h
    ${CMAKE_CURRENT_LIST_DIR}/cells.cpp
    ${CMAKE_CURRENT_LIST_DIR}/column_layout.cpp
    ${CMAKE_CURRENT_LIST_DIR}/columns.cpp
    ${CMAKE_CURRENT_LIST_DIR}/connection_model.cpp ${CMAKE_CURRENT_LIST_DIR}/connection_model.h
    ${CMAKE_CURRENT_LIST_DIR}/connection_view.cpp ${CMAKE_CURRENT_LIST_DIR}/connection_view.h
    ${CMAKE_CURRENT_LIST_DIR}/countdown_tick.cpp ${CMAKE_CURRENT_LIST_DIR}/countdown_tick.h
    ${CMAKE_CURRENT_LIST_DIR}/filter_bar.cpp ${CMAKE_CURRENT_LIST_DIR}/filter_bar.h
    ${CMAKE_CURRENT_LIST_DIR}/header_menu.cpp
    ${CMAKE_CURRENT_LIST_DIR}/row_lock.cpp ${CMAKE_CURRENT_LIST_DIR}/row_lock.h)
