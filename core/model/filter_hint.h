// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace halfopen {

/// A part of a filter that no row of a frame has anywhere, so that it is a slip more likely than a wish; or of which
/// nothing can be known.
struct FilterHint {
    enum class Kind : std::uint8_t {
        Nowhere,  ///< nothing that was looked at has `word`
        NoNumber, ///< `word` is neither a port nor a process
        AllTcp,   ///< `word` is the protocol, which no row says because all have it
        NotKnown, ///< `word`, a key, takes two samples to be known
    };

    std::size_t from = 0; ///< bytes of the filter's text
    std::size_t to = 0;
    std::string word;     ///< with its key, where one was typed
    std::string meant;    ///< what may have been meant, as it would be typed; "": nothing is near
    std::string whatItIs; ///< "port 443"; may be empty
    Kind kind = Kind::Nowhere;

    bool operator==(const FilterHint&) const = default;
};

} // namespace halfopen
