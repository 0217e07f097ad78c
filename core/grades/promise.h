// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/forecast.h"
#include "core/model/sighting.h"
#include "core/model/units.h"

#include <chrono>
#include <cstdint>

namespace halfopen {

/// What may lie between a promise and what came on a loaded machine, beside what the observation itself leaves open.
inline constexpr std::chrono::milliseconds kGradeAllowance{60};

/// One promised moment on CLOCK_MONOTONIC, and what it rests on.
struct Promise {
    MonotonicTime made{}; ///< the sample that told it first
    MonotonicTime expected{};
    MonotonicTime earliest{};
    MonotonicTime latest{}; ///< max(): there is no latest
    std::uint32_t assumes = 0;
    Conditions conditions; ///< what held then
    Sightings seen;        ///< what has been seen to come between since, while the promise stood

    bool point = false; ///< `expected` was told as a point, though the promise may be a band
};

/// When something came, as far as that was seen: at a point, or somewhere between two samples.
struct Came {
    MonotonicTime earliest{};
    MonotonicTime latest{};

    /// Seen well enough to tell how far off a point was.
    bool measured() const { return latest - earliest <= std::chrono::milliseconds(10); }
};

/// What this sample says will come next on the wire. (Its assumptions are those of its end.)
Promise nextPromise(const Forecast& forecast, MonotonicTime sampled);
/// What it says of the end.
Promise endPromise(const Forecast& forecast, MonotonicTime sampled);

/// Whether what came can have come within the promise, give or take kGradeAllowance.
bool meets(const Promise& promise, const Came& came);
/// Whether not both can be kept: the gap between them is more than kGradeAllowance.
bool contradict(const Promise& earlier, const Promise& later);

/// How far `came` lies from the promise: from its expected moment where a point was told, else from the band. Negative:
/// early. 0 where what was seen leaves room for it.
std::chrono::nanoseconds errorOf(const Promise& promise, const Came& came);

} // namespace halfopen
