// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_numbers.h"

namespace halfopen {

// How the numbers of the curves are written, as the table's columns have them, and where their axes end.

extern const Measure kRoundTrips; ///< of microseconds: "31 µs", "4.21 ms"
extern const Measure kRates;      ///< of bytes per second: "1.2 KiB/s"
extern const Measure kAmounts;    ///< of bytes: "1.2 KiB"
extern const Measure kSilences;   ///< of seconds: "42 s", "12m 4s"

} // namespace halfopen
