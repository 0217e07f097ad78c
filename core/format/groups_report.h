// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/json.h"
#include "core/model/frame.h"
#include "core/model/sentence.h"

#include <string>

namespace halfopen {

/// A frame's groups as a table for people, a line each. Names in it are harmless.
std::string groupsText(const Frame& frame, const Language& language = kEnglish);

/// RFC 4180, one header line, LF line ends; times in ms from the sample of the member that they are of.
/// @return false when the output refused
bool writeGroupsCsv(const Frame& frame, const Output& output);

/// As a JSON array: each with what its members have in common, counts, those that stand out by their cookies, sums, and
/// the cookies of all members.
std::string groupsJson(const Frame& frame);

/// "38 unguarded, 3 active": those that need attention most come first.
std::string diagnosesText(const DiagnosisCounts& counts, const Language& language = kEnglish);

} // namespace halfopen
