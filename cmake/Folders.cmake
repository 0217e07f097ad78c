# SPDX-License-Identifier: GPL-3.0-or-later

# halfopen_folder(core/kernel/diag [QT] SOURCES... [USES core/model...] [LIBS...]): a folder of sources as a target of its
# own, core_kernel_diag. USES names every folder that its files include, and no other: cmake/CheckArrows.cmake holds it to
# that. QT: a folder of the window, with Qt Widgets and moc.
function(halfopen_folder folder)
    cmake_parse_arguments(PARSE_ARGV 1 F "QT" "" "SOURCES;USES;LIBS")
    string(REPLACE "/" "_" target ${folder})
    string(REPLACE "/" "_" uses "${F_USES}")
    if(NOT F_SOURCES)
        add_library(${target} INTERFACE)
        target_link_libraries(${target} INTERFACE halfopen_build ${uses} ${F_LIBS})
    else()
        add_library(${target} STATIC ${F_SOURCES})
        target_link_libraries(${target} PUBLIC halfopen_build tl::expected fmt::fmt ${uses} ${F_LIBS})
    endif()
    if(F_QT)
        target_link_libraries(${target} PUBLIC halfopen_qt Qt6::Widgets)
        set_target_properties(${target} PROPERTIES AUTOMOC ON)
        halfopen_precompile_once(${target} QT <chrono> <functional> <memory> <optional> <string> <unordered_map> <vector>
            <QApplication> <QBoxLayout> <QHeaderView> <QLabel> <QMenu> <QPainter> <QPointer> <QPushButton> <QSettings>
            <QTableView> <QTimer> <QToolButton>)
        set_property(GLOBAL APPEND PROPERTY HALFOPEN_QT_FOLDERS ${target})
    else()
        if(F_SOURCES)
            halfopen_precompile_once(${target} CORE <algorithm> <array> <chrono> <cstdint> <functional> <memory> <optional>
                <span> <string> <string_view> <unordered_map> <utility> <vector> <fmt/format.h> <tl/expected.hpp>)
        endif()
        set_property(GLOBAL APPEND PROPERTY HALFOPEN_FOLDERS ${target})
    endif()
endfunction()

# The first target of a kind compiles the headers, the others take them over.
function(halfopen_precompile_once target kind)
    if(NOT HALFOPEN_PRECOMPILE)
        return()
    endif()
    get_property(compiled GLOBAL PROPERTY HALFOPEN_PRECOMPILED_${kind})
    if(compiled)
        target_precompile_headers(${target} REUSE_FROM ${compiled})
    else()
        halfopen_precompile(${target} ${ARGN})
        set_property(GLOBAL PROPERTY HALFOPEN_PRECOMPILED_${kind} ${target})
    endif()
endfunction()
