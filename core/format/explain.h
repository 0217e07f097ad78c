// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/model/row.h"

#include <string>
#include <vector>

namespace halfopen {

/// Everything known about one connection as sentences, for `halfopenctl show`: what it is, who owns it, what its timer
/// is, when the next thing happens, when and why the kernel gives it up, what was assumed. Each entry is a paragraph
/// without a newline.
std::vector<std::string> explain(const Row& row, const Frame& frame);

/// What a diagnosis means, in one sentence.
std::string_view meaning(Diagnosis diagnosis);

} // namespace halfopen
