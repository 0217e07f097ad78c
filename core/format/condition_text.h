// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/condition.h"
#include "core/model/forecast.h"
#include "core/model/sentence.h"

#include <string>
#include <string_view>

namespace halfopen {

/// What a condition means for the connection that has it and, where there is something to be done, what: one sentence,
/// or two.
Sentence sentenceOf(Condition condition);
/// The same of the connection with this forecast: a condition that rests on what is taken for granted is told so.
Sentence sentenceOf(Condition condition, const Forecast& forecast);

/// Its number of probes is 0 only if it follows the system's, which is 0; it was not read.
bool isWithoutProbesAsAssumed(const Forecast& forecast);

/// Appends the words of a set, comma-separated: "local-drop,ticks-late"; nothing for an empty one.
void appendWords(std::string& to, Conditions conditions);
/// The same as a list of the reader's language.
Sentence namesOf(Conditions conditions);

} // namespace halfopen
