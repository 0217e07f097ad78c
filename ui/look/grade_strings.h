// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/forecast_totals.h"
#include "core/model/grade.h"

#include <QString>

namespace halfopen {

/// The grade of the forecast of an end, translated: "forecast 1h 58m before, 4 ms off". "" where nothing was graded.
QString gradeSentence(const EndGrade& grade);

/// "forecasts: 212 graded, 0 broken, median 0.4 ms"; "" where nothing was graded yet.
QString totalsText(const ForecastTotals& totals);
/// The same with all numbers and what they mean.
QString totalsExplained(const ForecastTotals& totals);

} // namespace halfopen
