// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/ended_connection.h"
#include "ui/parts/fact.h"
#include "ui/timeline/timeline_layout.h"

#include <chrono>
#include <optional>

namespace halfopen {

/// What became of a connection, in the past: how, what shows it, what its program was told, when.
/// @param deadFor  how long its program has still held it; nullopt: it does not
FactGroups endedFacts(const EndedConnection& record, std::optional<std::chrono::milliseconds> deadFor = {});
/// The same as lines of text, for the clipboard.
QString recordText(const EndedConnection& record);

/// From the first sample that saw it to its end, with the last sign of life and what was forecast between them. Times
/// are moments of the clock on the wall. Empty where it was found dead.
Timeline endedTimeline(const EndedConnection& record);

} // namespace halfopen
