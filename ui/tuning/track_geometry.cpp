// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/track_geometry.h"

#include "core/tuning/effect.h"
#include "core/tuning/steps.h"

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

constexpr double kIdleShare = 0.58;
constexpr double kBreak = 34;

std::int32_t clampedProbes(double probes) {
    const auto sane = settingInfo(Setting::KeepaliveProbes).sane;
    return static_cast<std::int32_t>(
        std::clamp(std::round(probes), static_cast<double>(sane.lowest), static_cast<double>(sane.highest)));
}

} // namespace

TrackGeometry::TrackGeometry(double width, double extent)
    : m_width(std::max(width, 4 * kBreak))
    , m_idleEnd(m_width * kIdleShare - kBreak / 2)
    , m_probesBegin(m_width * kIdleShare + kBreak / 2)
    , m_extent(std::max(extent, 1.0)) {}

double TrackGeometry::xOfIdle(double seconds) const {
    return idleFraction(seconds) * m_idleEnd;
}

double TrackGeometry::xOfProbe(double seconds) const {
    return m_probesBegin + std::clamp(seconds / m_extent, 0.0, 1.0) * (m_width - m_probesBegin);
}

double TrackGeometry::xOf(TrackHandle handle, const KeepaliveDefaults& values) const {
    switch (handle) {
    case TrackHandle::Time:
        return xOfIdle(values.time);
    case TrackHandle::Interval:
        return xOfProbe(values.interval);
    case TrackHandle::Probes:
        break;
    }
    return xOfProbe(static_cast<double>(values.interval) * values.probes);
}

KeepaliveDefaults TrackGeometry::moved(TrackHandle handle, double x, const KeepaliveDefaults& values) const {
    KeepaliveDefaults result = values;
    const double seconds = (x - m_probesBegin) / (m_width - m_probesBegin) * m_extent;
    switch (handle) {
    case TrackHandle::Time:
        result.time = nearestStep(secondsAtFraction(x / m_idleEnd));
        break;
    case TrackHandle::Interval:
        result.interval = nearestStep(std::clamp(seconds, 0.0, m_extent));
        break;
    case TrackHandle::Probes:
        result.probes = clampedProbes(std::min(seconds, m_extent) / std::max(1, values.interval));
        break;
    }
    return result;
}

double TrackGeometry::extentFor(const KeepaliveDefaults& values, double shown) {
    const double total = static_cast<double>(std::max(1, values.interval)) * std::max(1, values.probes);
    if (total <= shown * 0.92 && total >= shown * 0.35)
        return shown;
    double round = 10;
    for (const double next :
         {2.0, 3.0, 2.0, 2.5, 2.0, 2.0, 2.0, 2.0, 1.5, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0}) {
        if (round * 0.85 >= total)
            break;
        round *= next;
    }
    return std::max(round, total / 0.85);
}

KeepaliveDefaults stepped(TrackHandle handle, const KeepaliveDefaults& values, int steps) {
    KeepaliveDefaults result = values;
    switch (handle) {
    case TrackHandle::Time:
        result.time = stepFrom(values.time, steps);
        break;
    case TrackHandle::Interval:
        result.interval = stepFrom(values.interval, steps);
        break;
    case TrackHandle::Probes:
        result.probes = clampedProbes(values.probes + steps);
        break;
    }
    return result;
}

} // namespace halfopen
