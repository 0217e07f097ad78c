// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/filter_hint.h"
#include "core/model/frame.h"
#include "core/model/sentence.h"
#include "core/query/filter.h"

#include <vector>

namespace halfopen {

/// Plain words, names and numbers of the filter that no living row has; not those that are asked to be absent.
std::vector<FilterHint> hintsFor(const Filter& filter, const Frame& frame, const FilterNames& names = usualNames());

/// "No connection has 'htps' anywhere; did you mean https (port 443)?"
Sentence sentenceOf(const FilterHint& hint);

} // namespace halfopen
