// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/guard_rule.h"
#include "core/model/sentence.h"

#include <cstddef>
#include <optional>

namespace halfopen {

/// "postgresql.service", "every connection".
Sentence guardedText(const std::string& unit);

/// "first probe after 60 s of silence, then every 10 s, 3 in all"
Sentence guardOptionsText(const GuardRule& rule);

/// Whom a rule is about now.
struct GuardTouches {
    bool running = false;                   ///< there is a control group of its name
    std::size_t processes = 0;              ///< in it
    std::optional<std::size_t> connections; ///< of them, open now; nullopt: not known
};

/// What a person has to know before a rule is set: what it does, to whom, and what it costs.
Sentence guardEffectText(const GuardRule& rule);
Sentence guardTouchesText(const GuardTouches& touches);
Sentence guardCostText(const GuardRule& rule);

/// "guarded 3 connected and 5 accepted, 1 had asked themselves"
Sentence guardCountsText(const GuardCounts& counts);

/// Of a connection that has a rule's keepalive: "Its keepalive is that of Halfopen's rule for postgresql.service ..."
Sentence guardedByText(const std::string& unit);

} // namespace halfopen
