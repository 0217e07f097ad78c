// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace halfopen {

/// With as many blanks as it takes to be so many places wide: behind it, or before it where it stands right.
std::string padded(const std::string& text, std::size_t places, bool right = false);

/// Lines of a small table for people, each column as wide as its widest cell, with two blanks between them and none at
/// the end. Cells are harmless already.
/// @param left  bits 1 << column: words stand left; the others are numbers and stand right
std::string alignedText(std::span<const std::vector<std::string>> lines, std::uint32_t left);

} // namespace halfopen
