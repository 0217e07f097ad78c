// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/query/filter.h"

#include <cstddef>
#include <string>
#include <vector>

namespace halfopen {

/// A part of a filter that no row of a frame has anywhere, so that it is a slip more likely than a wish.
struct FilterHint {
    std::size_t from = 0; ///< bytes of the filter's text
    std::size_t to = 0;
    std::string word;
    std::string meant;    ///< what may have been meant, as it would be typed; "": nothing is near
    std::string whatItIs; ///< "port 443"; may be empty

    bool operator==(const FilterHint&) const = default;
};

/// Plain words, names and numbers of the filter that no living row has; not those that are asked to be absent.
std::vector<FilterHint> hintsFor(const Filter& filter, const Frame& frame, const FilterNames& names = usualNames());

/// "No connection has 'htps' anywhere; did you mean https (port 443)?"
std::string sentenceOf(const FilterHint& hint);

} // namespace halfopen
