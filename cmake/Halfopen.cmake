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

# halfopen_test(name SOURCES... LIBS... [LABELS...] [HEADERS target]): one GoogleTest executable, its tests known to ctest.
# HEADERS: the target whose precompiled headers it takes, or NONE; test_headers, which know no Qt, if it is left out.
function(halfopen_test name)
    cmake_parse_arguments(PARSE_ARGV 1 T "" "HEADERS" "SOURCES;LIBS;LABELS")
    if(NOT T_HEADERS)
        set(T_HEADERS test_headers)
    endif()
    add_executable(${name} ${T_SOURCES})
    target_link_libraries(${name} PRIVATE halfopen_build ${T_LIBS} GTest::gtest GTest::gmock)
    if(HALFOPEN_PRECOMPILE AND NOT T_HEADERS STREQUAL "NONE")
        target_precompile_headers(${name} REUSE_FROM ${T_HEADERS})
    endif()
    if(NOT T_LABELS)
        set(T_LABELS unit)
    endif()
    gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES LABELS "${T_LABELS}" TIMEOUT 300)
endfunction()
