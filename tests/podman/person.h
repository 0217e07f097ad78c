// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ctl/command.h"

#include <sys/types.h>

#include <string>
#include <vector>

namespace halfopen::test {

/// As a user without any right, with a home and a runtime folder of their own.
Setup as(uid_t uid);

/// Runs it to its end; a failure fails the test. @return what it printed, without the last line's end
std::string must(const std::vector<std::string>& words, const Setup& setup = {});

} // namespace halfopen::test
