// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/error.h"
#include "core/model/keepalive_defaults.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// A text in several languages, by the name of the locale ("en", "zh_CN").
using LocalText = std::map<std::string, std::string>;

/// The text for a language: "zh_CN", else "zh", else English. "" where there is none at all.
std::string_view textFor(const LocalText& text, std::string_view locale);

/// Something on the way that forgets connections which are silent for too long, and the values that keep it awake.
struct Middlebox {
    std::string id;
    LocalText name;
    LocalText note;               ///< what else to know; may be empty
    std::int32_t idleTimeout = 0; ///< s
    int layer = 4;                ///< 7: counts payload, so that keepalive does not help
    std::string source;           ///< where the timeout is told
    std::string checked;          ///< "2026-11-22": when it was last compared with the source; "": never by us
    std::optional<KeepaliveDefaults> proposed; ///< nullopt exactly for layer 7
};

/// Reads resources/presets.json: {"schema": 1, "presets": [{"id", "name": {"en", ...}, "idle_timeout_s", "layer",
/// "source", "checked": "YYYY-MM-DD" | null, "propose": {"time_s", "interval_s", "probes"} |
/// null, "note": {...}?}]}.
/// @return  Unreadable, naming the entry, where something is missing, of another type, outside the sane range or told
///          twice
Result<std::vector<Middlebox>> readMiddleboxes(std::string_view json);

/// Whether an idle connection outlives the middlebox with certain values.
enum class Survival : std::uint8_t {
    Survives,  ///< time + 2 x interval <= 0.8 x timeout: two lost probes still fit
    Barely,    ///< time < timeout: the first probe comes in time, one lost one may be too many
    Forgotten, ///< the connection is forgotten before the first probe
    NoHelp,    ///< layer 7: probes do not count, however often they come
};

/// Pure.
Survival survival(const Middlebox& box, const KeepaliveDefaults& values);

} // namespace halfopen
