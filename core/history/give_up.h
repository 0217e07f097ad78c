// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/ending.h"
#include "core/model/evidence.h"
#include "core/model/forecast.h"

namespace halfopen {

/// How a connection has ended that the kernel gave up for this cause; Unknown for None.
Ending endingOf(GiveUpCause cause);

/// What is counted as unanswered in this regime.
EndingEvidence::Code countCode(Regime regime);
/// Likewise of what has ended so. @param ending  isGivenUp()
EndingEvidence::Code countCode(Ending ending);

} // namespace halfopen
