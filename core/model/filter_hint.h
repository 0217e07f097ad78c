// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

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

} // namespace halfopen
