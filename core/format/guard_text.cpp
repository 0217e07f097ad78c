// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/guard_text.h"

#include <vector>

namespace halfopen {

Sentence guardedText(const std::string& unit) {
    return unit.empty() ? Sentence::tr("every connection") : Sentence::tr("{0}", unit);
}

Sentence guardOptionsText(const GuardRule& rule) {
    std::vector<Sentence> parts{Sentence::tr("first probe after {0} s of silence", rule.idle)};
    if (rule.interval != 0)
        parts.push_back(Sentence::tr("then every {0} s", rule.interval));
    if (rule.probes != 0)
        parts.push_back(Sentence::tr("{0} in all", rule.probes));
    if (rule.userTimeout != 0)
        parts.push_back(Sentence::tr("user timeout {0} ms", rule.userTimeout));
    return listOf(parts);
}

Sentence guardEffectText(const GuardRule& rule) {
    return Sentence::tr("{0}: keepalive for each new connection whose program does not ask for it: {1}.",
                        guardedText(rule.unit), guardOptionsText(rule));
}

Sentence guardTouchesText(const GuardTouches& touches) {
    if (!touches.running)
        return Sentence::tr("It is not running now; the rule counts when it does.");
    const Sentence processes = touches.processes == 1 ? Sentence::tr("{0} process", touches.processes)
                                                      : Sentence::tr("{0} processes", touches.processes);
    if (!touches.connections)
        return Sentence::tr("Now it has {0}.", processes);
    return Sentence::tr("Now it has {0} and {1}.", processes,
                        *touches.connections == 1 ? Sentence::tr("{0} open connection", *touches.connections)
                                                  : Sentence::tr("{0} open connections", *touches.connections));
}

Sentence guardCostText(const GuardRule& rule) {
    return Sentence::tr("It costs a packet and its answer for each {0} s of silence, so that sleeping devices wake "
                        "and peers that sleep too long are given up; and the machine about a microsecond a "
                        "connection.",
                        rule.idle);
}

Sentence guardedByText(const std::string& unit) {
    return unit.empty() ? Sentence::tr("Its keepalive is that of Halfopen's rule for every connection (derived: it has "
                                       "the rule's values).")
                        : Sentence::tr("Its keepalive is that of Halfopen's rule for {0} (derived: it was made in that "
                                       "unit, and has the rule's values).",
                                       unit);
}

Sentence guardCountsText(const GuardCounts& counts) {
    const Sentence text = Sentence::tr("guarded {0} connected and {1} accepted, {2} had asked themselves",
                                       counts.active, counts.passive, counts.asked);
    return counts.failed != 0 ? listOf({text, Sentence::tr("{0} failed", counts.failed)}) : text;
}

} // namespace halfopen
