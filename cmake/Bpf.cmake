# SPDX-License-Identifier: GPL-3.0-or-later
# HALFOPEN_BPF: AUTO builds the exact source where clang, with its BPF target, and libbpf are there; ON fails without them;
# OFF leaves it out. Without it the program says so where somebody asks, and everything else is as ever.
set(HALFOPEN_BPF AUTO CACHE STRING "The exact source of all sockets, by BPF: AUTO, ON, OFF")
set_property(CACHE HALFOPEN_BPF PROPERTY STRINGS AUTO ON OFF)

set(HALFOPEN_BPF_FLAGS -target bpf -mcpu=v3 -g -O2 -Wall -Wextra -Werror=implicit -Wno-unused-function
    -Wno-missing-declarations -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.) # BTF has the names of the files
if(CMAKE_LIBRARY_ARCHITECTURE)
    list(APPEND HALFOPEN_BPF_FLAGS -isystem /usr/include/${CMAKE_LIBRARY_ARCHITECTURE})
endif()

# halfopen_find_bpf(OUT): why it cannot be built; empty where it can.
function(halfopen_find_bpf out)
    find_program(HALFOPEN_BPF_CLANG NAMES clang clang-21 clang-20 clang-19 clang-18 clang-17 clang-16 clang-15 clang-14)
    pkg_check_modules(LIBBPF QUIET IMPORTED_TARGET GLOBAL libbpf>=1.0)
    set(why)
    if(NOT HALFOPEN_BPF_CLANG)
        set(why "no clang")
    elseif(NOT LIBBPF_FOUND)
        set(why "no libbpf 1.0 or newer")
    else()
        set(probe ${PROJECT_BINARY_DIR}/CMakeFiles/bpf_probe)
        file(WRITE ${probe}.c "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nint probe;\n")
        execute_process(COMMAND ${HALFOPEN_BPF_CLANG} ${HALFOPEN_BPF_FLAGS} -c ${probe}.c -o ${probe}.o
                        RESULT_VARIABLE failed ERROR_VARIABLE said)
        if(failed)
            set(why "${HALFOPEN_BPF_CLANG} makes no BPF: ${said}")
        endif()
    endif()
    set(${out} "${why}" PARENT_SCOPE)
endfunction()

if(HALFOPEN_BPF STREQUAL "OFF")
    set(halfopen_bpf_why "HALFOPEN_BPF is OFF")
else()
    halfopen_find_bpf(halfopen_bpf_why)
endif()
if(halfopen_bpf_why AND HALFOPEN_BPF STREQUAL "ON")
    message(FATAL_ERROR "HALFOPEN_BPF is ON, but there is ${halfopen_bpf_why}")
elseif(halfopen_bpf_why)
    message(STATUS "BPF: left out (${halfopen_bpf_why})")
endif()

# halfopen_bpf_object(TARGET NAME HEADERS...): compiles NAME.bpf.c and puts its bytes into TARGET as
#   extern "C" const unsigned char NAME_object[], NAME_object_end[];
function(halfopen_bpf_object target name)
    find_program(HALFOPEN_LLVM_STRIP NAMES llvm-strip llvm-strip-21 llvm-strip-20 llvm-strip-19 llvm-strip-18 llvm-strip-17
                 llvm-strip-16 llvm-strip-15 llvm-strip-14)
    set(object ${CMAKE_CURRENT_BINARY_DIR}/${name}.bpf.o)
    set(strip)
    if(HALFOPEN_LLVM_STRIP) # of the debugging information; BTF stays
        set(strip COMMAND ${HALFOPEN_LLVM_STRIP} -g ${object})
    endif()
    add_custom_command(OUTPUT ${object} DEPENDS ${name}.bpf.c ${ARGN}
        COMMAND ${HALFOPEN_BPF_CLANG} ${HALFOPEN_BPF_FLAGS} -c ${CMAKE_CURRENT_SOURCE_DIR}/${name}.bpf.c -o ${object}
        ${strip} VERBATIM)
    set(embedding ${CMAKE_CURRENT_BINARY_DIR}/${name}_object.cpp)
    file(CONFIGURE OUTPUT ${embedding} @ONLY CONTENT [[
// The bytes of @name@.bpf.o.
asm(".pushsection .rodata, \"a\"\n.balign 8\n.global @name@_object\n@name@_object:\n.incbin \"@object@\"\n"
    ".global @name@_object_end\n@name@_object_end:\n.popsection\n");
]])
    set_source_files_properties(${embedding} PROPERTIES OBJECT_DEPENDS ${object} SKIP_PRECOMPILE_HEADERS ON
                                COMPILE_OPTIONS -fno-lto)
    target_sources(${target} PRIVATE ${embedding})
    target_link_libraries(${target} PRIVATE PkgConfig::LIBBPF)
endfunction()
