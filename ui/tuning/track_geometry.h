// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/keepalive_defaults.h"

#include <cstdint>
#include <vector>

namespace halfopen {

/// What of the track can be moved: the value of the same name.
enum class TrackHandle : std::uint8_t { Time, Interval, Probes };
inline constexpr int kTrackHandles = 3;

/// The axis of the track: idle times at the left, on a logarithmic scale from 1 s to a week; then a break; then the
/// probes, on a linear scale that begins with the first of them. So 2 h and 75 s can both be seen and both be moved.
/// Pure geometry in pixels from the left; a handle means the same value wherever it was moved with.
class TrackGeometry {
public:
    /// @param width   of the whole axis
    /// @param extent  seconds that the right part shows; see extentFor()
    TrackGeometry(double width, double extent);

    double idleEnd() const { return m_idleEnd; }         ///< where the left part ends
    double probesBegin() const { return m_probesBegin; } ///< where the first probe stands
    double width() const { return m_width; }

    double xOfIdle(double seconds) const; ///< of an idle time
    /// Seconds since the first probe; what lies beyond the extent is drawn at the end.
    double xOfProbe(double seconds) const;
    bool isBeyond(double seconds) const { return seconds > m_extent; }
    double xOf(TrackHandle handle, const KeepaliveDefaults& values) const;

    /// The values with one handle moved to x: the nearest step (core/tuning/steps.h), or number of probes.
    KeepaliveDefaults moved(TrackHandle handle, double x, const KeepaliveDefaults& values) const;

    /// A round number of seconds that shows all probes of the values with room to move them.
    /// @param shown  the extent now; kept while it still serves
    static double extentFor(const KeepaliveDefaults& values, double shown);

private:
    double m_width;
    double m_idleEnd;
    double m_probesBegin;
    double m_extent;
};

/// The values with one handle moved by steps, as the keys do it.
KeepaliveDefaults stepped(TrackHandle handle, const KeepaliveDefaults& values, int steps);

} // namespace halfopen
