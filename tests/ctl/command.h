// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace halfopen::test {

/// How a command ended and what it said.
struct Outcome {
    int exitCode = -1;
    int signal = 0; ///< the signal that ended it; 0: none
    std::string out;
    std::string err;
};

/// How to run one.
struct Setup {
    std::function<void()> inChild;     ///< called before exec; closes, redirects or forbids what the test is about
    std::size_t readAtMost = SIZE_MAX; ///< stop reading (and close the pipe) after so many bytes of stdout
};

/// Runs a program with these words and waits for its end.
Outcome run(const std::vector<std::string>& words, const Setup& setup = {});

inline const std::string kProgram = HALFOPENCTL; ///< path of halfopenctl

/// Runs halfopenctl with these words.
Outcome ctl(std::vector<std::string> words, const Setup& setup = {});
/// Runs any program inside a laboratory of its own, through `halfopenctl lab`.
Outcome inLab(std::vector<std::string> words, const Setup& setup = {});

/// A seccomp filter under which socket(AF_NETLINK, ...) fails with `error`; to be called in the child.
void forbidNetlink(int error);

} // namespace halfopen::test
