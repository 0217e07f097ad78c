// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/json.h"
#include "core/query/frame_comparison.h"

#include <string>

namespace halfopen {

/// What `halfopenctl compare` prints: how many are new, gone, changed and alike, then a line for each of the first
/// three ("+", "-", "~").
std::string comparisonText(const Comparison& comparison, const Frame& before, const Frame& now,
                           const Language& language = kEnglish);

/// The same as one JSON object, streamed. Shape: halfopenctl(1), JSON.
/// @return false when the output refused
bool writeComparisonJson(const Comparison& comparison, const Frame& before, const Frame& now, const HostFacts& host,
                         const Output& output);

} // namespace halfopen
