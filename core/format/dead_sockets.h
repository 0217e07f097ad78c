// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/ended_connection.h"
#include "core/model/sentence.h"
#include "core/model/units.h"

#include <span>
#include <string>
#include <vector>

namespace halfopen {

/// A dead socket, whose descriptor is still open, in one sentence: since when, how it ended, who owns it.
/// @param record  of Frame::dead
/// @param now          the end of the sample, Frame::taken
Sentence deadSocketSentence(const EndedConnection& record, MonotonicTime now);

/// For a list that has no room for all: how many there are, and one sentence for each of the first five.
/// @return empty where there is none
std::vector<Sentence> deadSocketNotes(std::span<const EndedConnectionPtr> dead, MonotonicTime now);

/// All of them as a JSON array on one line; each is an ended connection as in `events --json`
/// (ended_connection_json.h). `remote` and `ended` are null for one that had ended before anybody looked.
std::string deadSocketsJson(std::span<const EndedConnectionPtr> dead);

} // namespace halfopen
