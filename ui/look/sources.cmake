# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_ui PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/appearance.cpp
    ${CMAKE_CURRENT_LIST_DIR}/core_sentences.cpp
    ${CMAKE_CURRENT_LIST_DIR}/diagnosis_icon.cpp
    ${CMAKE_CURRENT_LIST_DIR}/duration_text.cpp
    ${CMAKE_CURRENT_LIST_DIR}/ending_strings.cpp
    ${CMAKE_CURRENT_LIST_DIR}/grade_strings.cpp
    ${CMAKE_CURRENT_LIST_DIR}/plain_text.cpp ${CMAKE_CURRENT_LIST_DIR}/plain_text.h
    ${CMAKE_CURRENT_LIST_DIR}/theme.cpp
    ${CMAKE_CURRENT_LIST_DIR}/text.cpp
    ${CMAKE_CURRENT_LIST_DIR}/strings.cpp)
