// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/model/row.h"
#include "core/model/sentence.h"

#include <vector>

namespace halfopen {

/// Everything known about one connection as sentences, for `halfopenctl show`: what it is, who owns it, what its timer
/// is, when the next thing happens, when and why the kernel gives it up, what was assumed. Each entry is a paragraph.
std::vector<Sentence> explain(const Row& row, const Frame& frame);

/// What a diagnosis means, in one sentence.
Sentence meaning(Diagnosis diagnosis);

} // namespace halfopen
