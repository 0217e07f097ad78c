// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/activity.h"
#include "core/model/ending.h"
#include "core/model/frame.h"
#include "core/model/overview.h"
#include "ui/charts/chart_numbers.h"
#include "ui/charts/plot.h"

#include <QString>

#include <chrono>
#include <cstddef>
#include <vector>

namespace halfopen {

// What the charts of the overview show. The series are fixed; all words are translated. Pure.

/// A series for each diagnosis, what is well first.
std::vector<ChartSeries> diagnosisSeries();

/// The last half an hour, of all namespaces that are looked at; `at` in seconds up to the newest point, which is 0:
/// another picture every five seconds.
std::vector<ChartPoint> lastHalfHour(const Activity& activity, MonotonicTime now);
/// A point for each GiveUpClass.
std::vector<ChartPoint> givenUpPoints(const Overview& overview);
/// A point for each of the worst groups. @param frame  with an overview
std::vector<ChartPoint> worstPoints(const Frame& frame);

/// Endings that are told as one, by accentOf().
std::vector<ChartSeries> endingSeries();
/// Those endings. The end of a TIME-WAIT is none: its connection had ended before.
std::vector<Ending> endingsOf(std::size_t series);
/// So many minutes, the one that goes on last; `at` counts them from 0.
inline constexpr std::size_t kEndingMinutes = 30;
std::vector<ChartPoint> endingPoints(const Activity& activity, MonotonicTime now);

/// The last minutes, of lastHalfHour().
ChartAxis curveAxis(int minutes);
/// The shortest stretch that has the whole run, so that a young curve is none of a few pixels.
int curveMinutes(std::chrono::nanoseconds run);
/// Of endingPoints().
ChartAxis minutesAxis();

// What lists what a point counts. @param series  -1: all of them
QString givenUpFilter(std::size_t point, int series);
/// "": there is no condition for what the group has in common
QString worstFilter(const Frame& frame, const Group& group, int series);
QString diagnosisFilter(int series); ///< as they are now; "" for all
QString diagnosisFilter(Diagnosis diagnosis);
QString endingFilter(int series); ///< of whatever minute: the history has no such condition
/// The connections to that destination, from whatever port.
QString portsFilter(const PortPressure& pressure);

} // namespace halfopen
