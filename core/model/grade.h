// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/sighting.h"
#include "core/model/socket_key.h"
#include "core/model/units.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace halfopen {

/// How a forecast held once its moment had come.
enum class Grade : std::uint8_t {
    None,    ///< no moment came: nothing was promised, it ended otherwise before, or it cannot be decided
    Kept,    ///< what came, came between earliest and latest
    Excused, ///< it did not, and what was assumed not to happen was seen to have happened
    Broken,  ///< it did not, and nothing of that was seen
};

std::string_view toString(Grade grade); ///< "none", "kept", "excused", "broken"
std::optional<Grade> parseGrade(std::string_view word);

/// The grade of the forecast of a connection's end: of the oldest promise that still stood. Plain value.
struct EndGrade {
    Grade grade = Grade::None;
    bool measured = false;             ///< when it ended is known to the ms, not only to lie between two samples
    Sightings seen;                    ///< what came between; meaningful with Excused
    std::chrono::milliseconds lead{0}; ///< from the promise to the end
    std::chrono::milliseconds band{0}; ///< from the promise's earliest to its latest; 0: a point
    /// How far off: from the expected moment where a point was told and the end measured, else from the band (0
    /// inside). Negative: it came early.
    std::chrono::microseconds error{0};

    bool operator==(const EndGrade&) const = default;
};

/// What a developer needs to reproduce a promise that was not kept. Immutable.
struct BrokenPromise {
    SocketKey socket;
    std::string report; ///< one JSON object on one line, without any address or name; shape: halfopenctl(1), events

    bool operator==(const BrokenPromise&) const = default;
};
using BrokenPromisePtr = std::shared_ptr<const BrokenPromise>;

} // namespace halfopen
