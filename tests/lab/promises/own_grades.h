// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/forecast_totals.h"
#include "core/model/grade.h"

#include <vector>

namespace halfopen::promises {

/// What the program itself counted in one scene, beside what the harness finds.
struct OwnGrades {
    ForecastTotals totals;
    std::vector<BrokenPromisePtr> broken;
};

} // namespace halfopen::promises
