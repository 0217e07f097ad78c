# SPDX-License-Identifier: GPL-3.0-or-later
# One INTERFACE target with everything that every target of the project is built with.

add_library(halfopen_build INTERFACE)
target_compile_features(halfopen_build INTERFACE cxx_std_20)
target_include_directories(halfopen_build INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
target_compile_options(halfopen_build INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wformat=2 -Wimplicit-fallthrough
    -Wnull-dereference -Wsuggest-override -Wno-missing-field-initializers -fstack-protector-strong)
target_compile_definitions(halfopen_build INTERFACE $<$<CONFIG:Release,RelWithDebInfo>:_FORTIFY_SOURCE=2>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # False positives of GCC 12 on inlined std::string and std::optional at -O2.
    target_compile_options(halfopen_build INTERFACE -Wno-null-dereference -Wno-restrict)
elseif(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    target_compile_options(halfopen_build INTERFACE -Wno-inconsistent-missing-override)
endif()
if(HALFOPEN_WERROR)
    target_compile_options(halfopen_build INTERFACE -Werror)
endif()
if(HALFOPEN_SANITIZE)
    target_compile_options(halfopen_build INTERFACE -fsanitize=${HALFOPEN_SANITIZE} -fno-omit-frame-pointer
                           -fno-sanitize-recover=all)
    if(HALFOPEN_SANITIZE MATCHES "undefined")
        # The check of virtual tables needs a descriptor of its own, and tests take away all there are.
        target_compile_options(halfopen_build INTERFACE -fno-sanitize=vptr)
    endif()
    target_link_options(halfopen_build INTERFACE -fsanitize=${HALFOPEN_SANITIZE})
endif()
if(HALFOPEN_FUZZ)
    target_compile_options(halfopen_build INTERFACE -fsanitize=fuzzer-no-link)
endif()

# halfopen_precompile(target HEADER...): what most files of the target include, compiled once. The presets lint, release and
# package do without, so every file still shows that it names all that it needs.
function(halfopen_precompile target)
    if(HALFOPEN_PRECOMPILE)
        target_precompile_headers(${target} PRIVATE ${ARGN})
    endif()
endfunction()

add_library(halfopen_qt INTERFACE)
target_link_libraries(halfopen_qt INTERFACE halfopen_build)
target_compile_definitions(halfopen_qt INTERFACE QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY
    QT_NO_URL_CAST_FROM_STRING QT_NO_FOREACH QT_NO_KEYWORDS QT_STRICT_ITERATORS QT_USE_QSTRINGBUILDER
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)

# What runs in a sanitized build, and what has to be built for it.
add_custom_target(sanitized_tests)

# halfopen_register(name [LABELS...] [SANITIZE...] [TIMEOUT s] [ENVIRONMENT...] [ALONE]): makes the tests of an executable known to
# ctest. In a sanitized build an executable is one test, if it is worth the time under that sanitizer.
# SANITIZE: address, thread, or NONE; if left out: address for what needs no real kernel and is not slow.
# ALONE: it keeps the machine busy, and others wait for the kernel's timers and events: not beside any.
function(halfopen_register name)
    cmake_parse_arguments(PARSE_ARGV 1 T "ALONE" "TIMEOUT" "LABELS;SANITIZE;ENVIRONMENT")
    if(NOT T_LABELS)
        set(T_LABELS unit)
    endif()
    if(NOT T_TIMEOUT)
        set(T_TIMEOUT 300)
    endif()
    if(NOT HALFOPEN_SANITIZE)
        set(environment)
        if(T_ENVIRONMENT)
            set(environment ENVIRONMENT "${T_ENVIRONMENT}")
        endif()
        list(LENGTH T_LABELS labels)
        if(labels GREATER 1)
            message(FATAL_ERROR "${name}: gtest_discover_tests() takes one label")
        endif()
        set(alone)
        if(T_ALONE)
            set(alone RUN_SERIAL TRUE)
        endif()
        gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60
            PROPERTIES LABELS "${T_LABELS}" TIMEOUT ${T_TIMEOUT} ${alone} ${environment})
        return()
    endif()
    if(NOT T_SANITIZE AND NOT "lab" IN_LIST T_LABELS AND NOT "slow" IN_LIST T_LABELS)
        set(T_SANITIZE address)
    endif()
    halfopen_sanitized(${name} COMMAND ${name} --gtest_brief=1 LABELS ${T_LABELS} SANITIZE ${T_SANITIZE} ENVIRONMENT ${T_ENVIRONMENT})
    if(TEST ${name})
        add_dependencies(sanitized_tests ${name})
    endif()
endfunction()

# halfopen_sanitized(name COMMAND... LABELS... SANITIZE... [ENVIRONMENT...]): a test of a sanitized build, if SANITIZE names
# what it is built with. Reports go to files, so that those of processes that nobody looks at are seen as well.
function(halfopen_sanitized name)
    cmake_parse_arguments(PARSE_ARGV 1 T "" "" "COMMAND;LABELS;SANITIZE;ENVIRONMENT")
    foreach(sanitizer IN LISTS T_SANITIZE)
        if(HALFOPEN_SANITIZE MATCHES "${sanitizer}")
            set(known "${PROJECT_SOURCE_DIR}/tests/sanitizers")
            set(reports "log_path=${PROJECT_BINARY_DIR}/reports/report")
            add_test(NAME ${name} COMMAND ${T_COMMAND})
            set_tests_properties(${name} PROPERTIES LABELS "${T_LABELS};${sanitizer}" TIMEOUT 900 SKIP_RETURN_CODE 77
                ENVIRONMENT "${T_ENVIRONMENT};ASAN_OPTIONS=${reports};UBSAN_OPTIONS=${reports}:print_stacktrace=1;LSAN_OPTIONS=${reports}:suppressions=${known}/leak.txt:print_suppressions=0;TSAN_OPTIONS=${reports}:suppressions=${known}/thread.txt")
        endif()
    endforeach()
endfunction()

# halfopen_test(name SOURCES... LIBS... [LABELS...] [HEADERS target] [SANITIZE...] [ALONE]): one GoogleTest executable, registered.
# HEADERS: the target whose precompiled headers it takes, or NONE; test_headers, which know no Qt, if it is left out.
function(halfopen_test name)
    cmake_parse_arguments(PARSE_ARGV 1 T "ALONE" "HEADERS" "SOURCES;LIBS;LABELS;SANITIZE;ENVIRONMENT")
    if(NOT T_HEADERS)
        set(T_HEADERS test_headers)
    endif()
    add_executable(${name} ${T_SOURCES})
    target_link_libraries(${name} PRIVATE halfopen_build ${T_LIBS} GTest::gtest GTest::gmock)
    if(HALFOPEN_PRECOMPILE AND NOT T_HEADERS STREQUAL "NONE")
        target_precompile_headers(${name} REUSE_FROM ${T_HEADERS})
    endif()
    set(alone)
    if(T_ALONE)
        set(alone ALONE)
    endif()
    halfopen_register(${name} ${alone} LABELS ${T_LABELS} SANITIZE ${T_SANITIZE} ENVIRONMENT ${T_ENVIRONMENT})
endfunction()
