# SPDX-License-Identifier: GPL-3.0-or-later
# HALFOPEN_EXPORTER: AUTO builds halfopen-exporter where libmicrohttpd is there; ON fails without it; OFF leaves it out.
set(HALFOPEN_EXPORTER AUTO CACHE STRING "The program that Prometheus asks over HTTP: AUTO, ON, OFF")
set_property(CACHE HALFOPEN_EXPORTER PROPERTY STRINGS AUTO ON OFF)

set(halfopen_has_exporter FALSE)
if(NOT HALFOPEN_EXPORTER STREQUAL "OFF")
    pkg_check_modules(MICROHTTPD QUIET IMPORTED_TARGET GLOBAL libmicrohttpd>=0.9.71)
    set(halfopen_has_exporter ${MICROHTTPD_FOUND})
    if(NOT MICROHTTPD_FOUND AND HALFOPEN_EXPORTER STREQUAL "ON")
        message(FATAL_ERROR "HALFOPEN_EXPORTER is ON, but there is no libmicrohttpd 0.9.71 or newer")
    elseif(NOT MICROHTTPD_FOUND)
        message(STATUS "halfopen-exporter: left out (no libmicrohttpd 0.9.71 or newer)")
    endif()
endif()
