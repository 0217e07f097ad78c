# SPDX-License-Identifier: GPL-3.0-or-later
# What a release is compiled and linked with beside the optimiser, where the compiler knows it: Debian's hardening flags, and
# no path of the machine that built it in the programs. Stack protector and _FORTIFY_SOURCE come from Halfopen.cmake.
# -fPIC, not -fPIE: where Qt is built with reduced relocations, a program compiled with -fPIE copies Qt's objects and
# crashes at the first comparison of a signal's address.
include(CheckCXXCompilerFlag)

set(halfopen_release $<CONFIG:Release>)
target_compile_options(halfopen_build INTERFACE
    $<${halfopen_release}:-Werror=format-security>
    $<${halfopen_release}:-fPIC>
    $<${halfopen_release}:-ffile-prefix-map=${PROJECT_BINARY_DIR}=build>
    $<${halfopen_release}:-ffile-prefix-map=${PROJECT_SOURCE_DIR}=.>)
foreach(flag IN ITEMS -fstack-clash-protection -fcf-protection)
    string(MAKE_C_IDENTIFIER "halfopen_has${flag}" known)
    check_cxx_compiler_flag(${flag} ${known})
    if(${known})
        target_compile_options(halfopen_build INTERFACE $<${halfopen_release}:${flag}>)
    endif()
endforeach()
# The linker sees the whole program: two types of one name are an error. The other two are false positives of GCC 12 on
# inlined std::string.
foreach(flag IN ITEMS -Wl,-z,relro -Wl,-z,now -Wl,--as-needed -Werror=odr -Wno-alloc-size-larger-than
        -Wno-stringop-overflow)
    target_link_options(halfopen_build INTERFACE $<${halfopen_release}:${flag}>)
endforeach()
target_link_options(halfopen_build INTERFACE
    $<$<AND:${halfopen_release},$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>>:-pie>)
