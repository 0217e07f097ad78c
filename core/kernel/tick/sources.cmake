# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(halfopen_core PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/phase_calibration.cpp
    ${CMAKE_CURRENT_LIST_DIR}/phase_estimate.cpp
    ${CMAKE_CURRENT_LIST_DIR}/tick_source.cpp)
