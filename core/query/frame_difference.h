// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace halfopen {

/// What a person would be told of between two frames: a connection was opened, or its state or diagnosis is another.
/// (What ended stands in Frame::endings.)
struct Difference {
    /// How the connection was called before; nullopt: it was not there.
    struct Before {
        State state;
        Diagnosis diagnosis;
    };
    std::uint32_t row = 0; ///< index into the rows of the later frame
    std::optional<Before> before;
};

/// Of the living rows that `now` shows, in its order. Pure.
/// @param before  the frame before; nullptr: nothing has happened yet
std::vector<Difference> differences(const Frame* before, const Frame& now);

} // namespace halfopen
