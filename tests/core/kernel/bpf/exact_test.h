// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/bpf/exact_programs.h"
#include "tests/core/own_network.h"
#include "tests/skip.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace halfopen::test {

/// The programs, loaded once for all tests of a process; null where the kernel or the build has none, or nobody may.
inline const ExactProgramsPtr& exactPrograms() {
    static const ExactProgramsPtr programs = ExactPrograms::load().value_or(nullptr);
    return programs;
}

} // namespace halfopen::test

/// A test of the exact source: skipped where a kernel forbids BPF to root or is too old, or clang is missing; whoever
/// is not root runs it as root.
#define SKIP_WITHOUT_EXACT()                                                                                           \
    do {                                                                                                               \
        if (::halfopen::test::whyNoNetwork())                                                                          \
            SKIP_UNLESS_CI(*::halfopen::test::whyNoNetwork());                                                         \
        if (geteuid() != 0)                                                                                            \
            SKIP_UNLESS_CI("only root may load BPF programs");                                                         \
        if (!::halfopen::test::exactPrograms())                                                                        \
            GTEST_SKIP() << inEnglish(::halfopen::ExactPrograms::load().error());                                      \
    } while (false)
