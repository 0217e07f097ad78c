// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/options_change.h"
#include "core/model/privilege_error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace halfopen {

/// Every cookie names one socket, and there is at least one. @return OutOfRange
Outcome<void> checkNamed(const std::vector<std::uint64_t>& cookies);
/// The same, and there are at most kSocketBatch, as one call over the bus has them.
Outcome<void> checkCookies(const std::vector<std::uint64_t>& cookies);

/// Something is to be changed, and every value is one that the kernel takes: those of keepalive from 1 to their
/// limit (core/model/keepalive_limits.h), the user timeout 0 to INT_MAX ms. @return OutOfRange
Outcome<void> checkChange(const OptionsChange& change);

/// What a person with sudo can type instead: "sudo halfopenctl set 0x1d2 0x1d3 --keepalive on --idle 60"; empty where
/// the line would be too long to read.
std::string commandFor(const std::vector<std::uint64_t>& cookies, const OptionsChange& change);

/// "sudo halfopenctl close 0x1d2 0x1d3"; empty where the line would be too long to read.
std::string commandToClose(const std::vector<std::uint64_t>& cookies);
/// "sudo halfopenctl close --whole 0x1d2"; likewise.
std::string commandToCloseWhole(const std::vector<std::uint64_t>& cookies);

} // namespace halfopen
