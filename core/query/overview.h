// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/model/overview.h"

#include <chrono>
#include <optional>
#include <string>

namespace halfopen {

/// Sums up what is in view of a frame, whatever its filter. O(rows). Pure.
Overview overviewOf(const Frame& frame, const OverviewQuery& query);

/// nullopt: a listener, a connection that a timer of its state ends anyway, or one of which no end is known.
std::optional<GiveUpClass> giveUpClassOf(const Row& row);

// Filters that let through exactly what an Overview counts.
std::string filterTextOf(GiveUpClass when);
std::string filterTextOfForgotten(std::chrono::seconds pathForgets);

} // namespace halfopen
