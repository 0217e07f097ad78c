# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_core PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/cookie_set.cpp
    ${CMAKE_CURRENT_LIST_DIR}/facts.cpp
    ${CMAKE_CURRENT_LIST_DIR}/frame_builder.cpp
    ${CMAKE_CURRENT_LIST_DIR}/frame_builder_finish.cpp
    ${CMAKE_CURRENT_LIST_DIR}/frame_pool.cpp
    ${CMAKE_CURRENT_LIST_DIR}/given_readings.cpp
    ${CMAKE_CURRENT_LIST_DIR}/monitor.cpp
    ${CMAKE_CURRENT_LIST_DIR}/process_lookup.cpp
    ${CMAKE_CURRENT_LIST_DIR}/sampler.cpp
    ${CMAKE_CURRENT_LIST_DIR}/surroundings_of.cpp)
