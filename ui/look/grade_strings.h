// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/forecast_totals.h"
#include "core/model/grade.h"

#include <QString>

namespace halfopen {

/// How the forecast of an end has held, as words for a person, translated: "forecast 1 h 58 min before, 4 ms off".
/// "" where nothing was graded. Core's sentence() is English and fixed.
QString gradeSentence(const EndGrade& grade);

/// "forecasts: 212 graded, 0 broken, median 0.4 ms"; "" where nothing was graded yet.
QString totalsText(const ForecastTotals& totals);
/// The same with all numbers and what they mean.
QString totalsExplained(const ForecastTotals& totals);

} // namespace halfopen
