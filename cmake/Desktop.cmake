# SPDX-License-Identifier: GPL-3.0-or-later
# What makes the programs known to the desktop, to man and to the shell. The helper's own files: app/helper.

# The date in what is generated: SOURCE_DATE_EPOCH, else that of the commit, else now.
if(DEFINED ENV{SOURCE_DATE_EPOCH})
    set(HALFOPEN_DATE $ENV{SOURCE_DATE_EPOCH})
else()
    execute_process(COMMAND git -C ${PROJECT_SOURCE_DIR} log -1 --format=%ct OUTPUT_VARIABLE HALFOPEN_DATE
                    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(NOT HALFOPEN_DATE)
    string(TIMESTAMP HALFOPEN_DATE "%s" UTC)
endif()

set(resources ${PROJECT_SOURCE_DIR}/resources)
install(FILES ${resources}/completion/halfopenctl.bash RENAME halfopenctl
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT tools)
if(HALFOPEN_UI)
    install(FILES ${resources}/completion/halfopen.bash RENAME halfopen
            DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT window)
    install(FILES ${resources}/org.halfopen.Halfopen.desktop
            DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT window)
    install(FILES ${resources}/org.halfopen.Halfopen.metainfo.xml
            DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo COMPONENT window)
    install(FILES ${resources}/icons/org.halfopen.Halfopen.svg
            DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps COMPONENT window)
    install(FILES ${resources}/icons/org.halfopen.Halfopen-symbolic.svg
            DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/symbolic/apps COMPONENT window)
endif()

# halfopen_gzip(OUTPUT COMMAND...): what a command prints, compressed so that the same text gives the same bytes.
function(halfopen_gzip output)
    cmake_parse_arguments(PARSE_ARGV 1 G "" "" "COMMAND;DEPENDS")
    string(REPLACE ";" " " command "${G_COMMAND}")
    # Not a pipe into gzip: its status would be gzip's, and half of a page be taken for one.
    add_custom_command(OUTPUT ${output}
        COMMAND ${CMAKE_COMMAND} -E env SOURCE_DATE_EPOCH=${HALFOPEN_DATE}
                sh -c "(${command}) > '${output}.plain' && gzip -9n < '${output}.plain' > '${output}'"
        DEPENDS ${G_DEPENDS} VERBATIM)
endfunction()

# Manual pages, where scdoc is there to write them.
find_program(SCDOC scdoc)
if(SCDOC)
    set(manuals)
    # halfopen_manual(PAGE COMPONENT FOLDER): FOLDER is that of the language, "zh_CN/", or nothing for English.
    function(halfopen_manual page component folder)
        if(NOT HALFOPEN_UI AND component STREQUAL "window" OR NOT SYSTEMD_FOUND AND component STREQUAL "helper" OR NOT halfopen_has_exporter AND component STREQUAL "exporter")
            return()
        endif()
        set(source ${resources}/man/${folder}${page}.scd)
        set(manual ${PROJECT_BINARY_DIR}/generated/man/${folder}${page})
        file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/generated/man/${folder})
        if(folder)
            set(breaks ${resources}/man/${folder}breaks.sed)
            halfopen_gzip(${manual}.gz
                COMMAND ${SCDOC} < '${source}' > '${manual}' && LC_ALL=C sed -E -f '${breaks}' '${manual}'
                DEPENDS ${source} ${breaks})
        else()
            halfopen_gzip(${manual}.gz COMMAND ${SCDOC} < '${source}' DEPENDS ${source})
        endif()
        string(REGEX REPLACE ".*\\." "" section ${page})
        install(FILES ${manual}.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/${folder}man${section} COMPONENT ${component})
        set(manuals ${manuals} ${manual}.gz PARENT_SCOPE)
    endfunction()
    foreach(folder IN ITEMS "" zh_CN/)
        halfopen_manual(halfopenctl.1 tools "${folder}")
        halfopen_manual(halfopen-helper.8 helper "${folder}")
        halfopen_manual(halfopen.1 window "${folder}")
        halfopen_manual(halfopen-exporter.8 exporter "${folder}")
    endforeach()
    add_custom_target(man ALL DEPENDS ${manuals})
else()
    message(STATUS "scdoc is not installed: no manual pages")
endif()
