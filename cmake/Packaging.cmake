# SPDX-License-Identifier: GPL-3.0-or-later
# Debian packages by CPack: halfopen (the window), halfopen-tools (the terminal), halfopen-helper, and halfopen-exporter. `./dev package`
# makes them. Servers have no use for Qt: only the window brings it.
option(HALFOPEN_PACKAGE "Make Debian packages from this build" OFF)
if(NOT HALFOPEN_PACKAGE)
    return()
endif()
if(NOT SCDOC OR NOT HALFOPEN_UI)
    message(FATAL_ERROR "A package needs scdoc, for the manual pages, and the window")
endif()
if(NOT halfopen_has_exporter)
    message(FATAL_ERROR "A package needs libmicrohttpd, for halfopen-exporter")
endif()
if(NOT SYSTEMD_FOUND)
    message(FATAL_ERROR "A package needs libsystemd, for the helper, and for halfopenctl to ask it")
endif()
set(HALFOPEN_MAINTAINER "Halfopen developers <developers@halfopen.org>" CACHE STRING "Who answers for the packages")
# A distribution's own first revision, -1, is newer than what was built here.
set(HALFOPEN_REVISION 0.1 CACHE STRING "The packages' revision of this version")
set(debian_version ${PROJECT_VERSION}-${HALFOPEN_REVISION})
set(debian ${PROJECT_BINARY_DIR}/generated/debian)
file(MAKE_DIRECTORY ${debian})

set(changelog ${debian}/changelog.Debian.gz)
set(upstream ${debian}/changelog.gz)
halfopen_gzip(${changelog}
    COMMAND awk -f '${PROJECT_SOURCE_DIR}/scripts/debian-changelog.awk' -v version=${debian_version}
            -v "'maintainer=${HALFOPEN_MAINTAINER}'" -v date=${HALFOPEN_DATE} '${PROJECT_SOURCE_DIR}/CHANGELOG.md'
    DEPENDS ${PROJECT_SOURCE_DIR}/CHANGELOG.md ${PROJECT_SOURCE_DIR}/scripts/debian-changelog.awk)
halfopen_gzip(${upstream} COMMAND cat '${PROJECT_SOURCE_DIR}/CHANGELOG.md' DEPENDS ${PROJECT_SOURCE_DIR}/CHANGELOG.md)
add_custom_target(changelogs ALL DEPENDS ${changelog} ${upstream})
foreach(component IN ITEMS window tools helper exporter)
    set(package halfopen-${component})
    if(component STREQUAL "window")
        set(package halfopen)
    endif()
    install(FILES ${changelog} ${upstream} ${PROJECT_SOURCE_DIR}/resources/debian/copyright
            DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} COMPONENT ${component})
endforeach()

set(CPACK_GENERATOR DEB)
# Each package has its own first line; CPack would put this one before all of them.
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")
set(CPACK_PACKAGE_NAME halfopen)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT ${HALFOPEN_MAINTAINER})
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_COMPONENTS_ALL window tools helper exporter)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${HALFOPEN_REVISION})
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_WINDOW_PACKAGE_NAME halfopen)
set(CPACK_DEBIAN_WINDOW_PACKAGE_SECTION net)
# Without Qt's own translations the buttons of its dialogs are English in every language.
set(CPACK_DEBIAN_WINDOW_PACKAGE_DEPENDS "halfopen-tools (= ${debian_version}), halfopen-helper (= ${debian_version}), qt6-translations-l10n")
set(CPACK_DEBIAN_WINDOW_DESCRIPTION "live view of TCP connections and of what keeps them alive
Halfopen shows every TCP connection of this computer live: whether keepalive
guards it, what its timer is, when the next probe really goes out, and when
and why the kernel will give it up. It finds the connections that nobody will
ever notice to be dead, and tunes the keepalive defaults with their effect
shown beforehand.

This package contains the window.")

set(CPACK_DEBIAN_TOOLS_PACKAGE_NAME halfopen-tools)
set(CPACK_DEBIAN_TOOLS_PACKAGE_SECTION net)
# Not recommended: not every server is to have a program of root on its bus.
set(CPACK_DEBIAN_TOOLS_PACKAGE_SUGGESTS "halfopen, halfopen-helper, openssh-client, bash-completion")
set(CPACK_DEBIAN_TOOLS_PACKAGE_CONTROL_EXTRA)
foreach(script IN ITEMS postinst postrm)
    list(APPEND CPACK_DEBIAN_TOOLS_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/resources/debian/${script})
endforeach()
set(CPACK_DEBIAN_TOOLS_DESCRIPTION "TCP connections in the terminal, and what keeps them alive
halfopenctl lists, watches, explains and records the TCP connections of this
computer: whether keepalive guards them, when the next probe really goes out,
and when and why the kernel will give them up. It needs no display and no Qt.

Root changes keepalive and closes connections with it as it is; everybody
else does so through halfopen-helper, when polkit allows it.")

set(CPACK_DEBIAN_HELPER_PACKAGE_NAME halfopen-helper)
set(CPACK_DEBIAN_HELPER_PACKAGE_SECTION net)
# Rules of the guard that it keeps are put in effect at boot by halfopenctl.
set(CPACK_DEBIAN_HELPER_PACKAGE_DEPENDS "halfopen-tools (= ${debian_version})")
set(CPACK_DEBIAN_HELPER_PACKAGE_RECOMMENDS "default-dbus-system-bus | dbus-system-bus, polkitd")
set(CPACK_DEBIAN_HELPER_PACKAGE_CONTROL_EXTRA)
foreach(script IN ITEMS postinst prerm postrm)
    list(APPEND CPACK_DEBIAN_HELPER_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/resources/debian/helper/${script})
endforeach()
set(CPACK_DEBIAN_HELPER_DESCRIPTION "changes keepalive and closes connections when polkit allows it
What Halfopen's window and halfopenctl ask on the system bus when their user
is not root: it reads and changes the options of other users' connections,
closes them, and changes the keepalive defaults and the rules of the guard,
each when polkit allows it. The bus starts it, and it ends by itself.")

set(CPACK_DEBIAN_EXPORTER_PACKAGE_NAME halfopen-exporter)
set(CPACK_DEBIAN_EXPORTER_PACKAGE_SECTION net)
set(CPACK_DEBIAN_EXPORTER_PACKAGE_SUGGESTS "halfopen-tools, prometheus")
set(CPACK_DEBIAN_EXPORTER_PACKAGE_CONTROL_EXTRA)
foreach(script IN ITEMS postinst prerm postrm)
    list(APPEND CPACK_DEBIAN_EXPORTER_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/resources/debian/exporter/${script})
endforeach()
set(CPACK_DEBIAN_EXPORTER_DESCRIPTION "TCP connections of a machine, told to Prometheus over HTTP
halfopen-exporter tells Prometheus which TCP connections of this computer
nothing will ever end, when the kernel gives the others up, whose port ranges
run out, whose accept queues are full and how late dead peers were noticed.
systemd starts it at the first request; it listens on loopback alone.

Where node_exporter runs, halfopenctl of halfopen-tools tells the same through
it.")
include(CPack)
