// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/condition.h"
#include "core/model/sentence.h"

#include <string>
#include <string_view>

namespace halfopen {

/// What a condition means for the connection that has it and, where there is something to be done, what: one sentence,
/// or two.
Sentence sentenceOf(Condition condition);

/// Appends the words of a set, comma-separated: "local-drop,ticks-late"; nothing for an empty one.
void appendWords(std::string& to, Conditions conditions);

} // namespace halfopen
