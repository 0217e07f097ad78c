// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/json.h"
#include "core/model/frame.h"
#include "core/query/frame_difference.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace halfopen {

// What `halfopenctl events` prints: one line each, without a newline. JSON shapes: halfopenctl(1), events.

/// The first line of the JSON: what is looked at.
std::string beginJson(const Frame& frame, const HostFacts& host);

std::string differenceJson(const Difference& difference, const Frame& frame);
/// "2026-11-22 19:10:02.123 opened  10.0.0.1:5 -> 10.0.0.2:80  ESTABLISHED, unguarded  psql 8123"; times are local.
std::string differenceText(const Difference& difference, const Frame& frame, const Language& language = kEnglish);

std::string endingJson(const EndedConnection& record);
std::string endingText(const EndedConnection& record, const Language& language = kEnglish);

/// A forecast about a living connection did not hold (that of one that ended stands in its record).
/// @param report  BrokenPromise::report, with addresses where they were asked for; the line itself has none
/// @param row     the connection, as `frame` has it
std::string brokenJson(std::string_view report, const Row& row, const Frame& frame);
std::string brokenText(const Row& row, const Frame& frame, const Language& language = kEnglish);

/// The kernel reported ends faster than they were read.
/// @param times  how often that happened since the last such line
std::string lostJson(std::uint64_t times);
std::string lostText(std::uint64_t times, const Language& language = kEnglish);

} // namespace halfopen
