// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/json.h"
#include "core/model/frame.h"
#include "core/model/sentence.h"

#include <string>

namespace halfopen {

/// What is shown of a frame, counted by state and family as `ss -s` does, and by diagnosis; and what is wrong with it,
/// a line for each risk that there is. For people; names in it are harmless.
std::string summaryText(const Frame& frame, const Language& language = kEnglish);

/// The same as one JSON object on one line, with the head of writeFrameJson().
std::string summaryJson(const Frame& frame, const HostFacts& host);

} // namespace halfopen
