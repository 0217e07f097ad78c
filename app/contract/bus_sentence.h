// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/sentence.h"

#include <string>
#include <string_view>

namespace halfopen {

/// What a sentence is made of, for a client that says it in another language: "" where its English is all. Pieces
/// divided by U+001F, each a letter and a value: s a sentence's English with its places (its arguments follow, one for
/// each place), t a text, n a number, e an error number. On one line.
std::string partsOf(const Sentence& sentence);

/// The inverse. Where the parts are not to be made sense of, the English is the sentence.
/// @param english  the whole of it, filled in
Sentence sentenceFrom(std::string_view english, std::string_view parts);

} // namespace halfopen
