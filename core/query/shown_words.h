// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/filter_names.h"

#include <functional>
#include <string>
#include <string_view>

namespace halfopen {

/// What tables show for the language's words, and what their columns are called, finds what those find.
/// @param translate  from the English of a sentence of core to the reader's language
void addShownWords(FilterNames& names, const std::function<std::string(const std::string& english)>& translate);

/// One more that is shown for one of the language's. @param shown  in the reader's language, in lower case
void addShownWord(std::vector<FilterNames::Alias>& all, std::string shown, std::string_view word);

} // namespace halfopen
