// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/tuning/followers.h"
#include "core/tuning/when.h"

#include <array>
#include <chrono>
#include <optional>
#include <vector>

namespace halfopen {

class ChangeProgress;

/// The axis of idle times, logarithmic, from 1 s to a week, in columns.
inline constexpr std::size_t kIdleColumns = 96;
inline constexpr double kIdleAxisEnd = 604'800; ///< s

/// Where on the axis a time lies, 0 to 1. Times below 1 s are 0.
double idleFraction(double seconds);
/// The inverse: seconds, 1 to kIdleAxisEnd.
double secondsAtFraction(double fraction);

/// How many connections there are, told apart by what the settings mean to them.
struct Crowd {
    std::uint32_t follow = 0; ///< the settings decide
    std::uint32_t own = 0;    ///< their program chose
    std::uint32_t off = 0;
    std::uint32_t unknown = 0;

    std::uint32_t total() const { return follow + own + off + unknown; }
};

/// What a change of the three settings would do to the connections of a frame, counted.
/// concerned == atTimer + atHiddenTimer + ownValues + off + unknown.
struct Effect {
    std::uint32_t concerned = 0;
    std::uint32_t atTimer = 0;
    std::uint32_t atHiddenTimer = 0;
    std::uint32_t ownValues = 0;
    std::uint32_t off = 0;
    std::uint32_t unknown = 0;
    std::uint32_t elsewhere = 0; ///< in other network namespaces, which have settings of their own; in no other count

    std::uint32_t partly = 0;  ///< of those that follow: keep their own value of some of the settings that change
    std::uint32_t assumed = 0; ///< of those that follow: not read from the socket, so taken for granted
    std::uint32_t ended = 0;   ///< of those that follow: given up at that moment, having more probes unanswered than
                               ///< the proposed number allows

    /// Of atTimer: by the time from Frame::taken to when the timer has fired for certain.
    WhenHistogram when{};
    std::optional<Moment> first; ///< when it fires, from Frame::taken; nullopt where atTimer is 0
    std::optional<Moment> last;

    /// Probes a second if every connection with keepalive on stayed idle and answered: the most it can cost. The
    /// answers are as many again.
    double probesNow = 0;
    double probesThen = 0;

    std::array<Crowd, kIdleColumns> idle{}; ///< by the time since the last sign of life, none unanswered
    std::vector<Crowd> probing;             ///< [n]: n probes unanswered, 1 to 255; empty or as long as needed

    std::uint32_t followers() const { return atTimer + atHiddenTimer; }
};

/// Pure, one pass over the rows, allocates only `probing`.
/// @param inEffect  the settings now
/// @param earlier   an earlier change whose followers still wait: an old value on their timer is no value of their own;
///                  may be null
Effect countEffect(const Frame& frame, const KeepaliveDefaults& inEffect, const KeepaliveDefaults& proposed,
                   const ChangeProgress* earlier = nullptr);

} // namespace halfopen
