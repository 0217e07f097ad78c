# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_ui PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/answer_bar.cpp ${CMAKE_CURRENT_LIST_DIR}/answer_bar.h
    ${CMAKE_CURRENT_LIST_DIR}/dialogs.cpp
    ${CMAKE_CURRENT_LIST_DIR}/fact_panel.cpp ${CMAKE_CURRENT_LIST_DIR}/fact_panel.h
    ${CMAKE_CURRENT_LIST_DIR}/header_style.h
    ${CMAKE_CURRENT_LIST_DIR}/message_page.cpp ${CMAKE_CURRENT_LIST_DIR}/message_page.h
    ${CMAKE_CURRENT_LIST_DIR}/notice_bar.cpp ${CMAKE_CURRENT_LIST_DIR}/notice_bar.h
    ${CMAKE_CURRENT_LIST_DIR}/report_bar.cpp ${CMAKE_CURRENT_LIST_DIR}/report_bar.h
    ${CMAKE_CURRENT_LIST_DIR}/sampling_controls.cpp ${CMAKE_CURRENT_LIST_DIR}/sampling_controls.h
    ${CMAKE_CURRENT_LIST_DIR}/status_line.cpp ${CMAKE_CURRENT_LIST_DIR}/status_line.h
    ${CMAKE_CURRENT_LIST_DIR}/table_copy.cpp
    ${CMAKE_CURRENT_LIST_DIR}/table_look.cpp)
