// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/row.h"

#include <string>
#include <vector>

namespace halfopen::promises {

/// Statements of one row that cannot be true together, whatever happens next; empty where there are none.
std::vector<std::string> contradictions(const Row& row);

/// One row in one line, for who has to find out why a promise was broken; times in ms from the sample.
std::string describe(const Row& row);

} // namespace halfopen::promises
