// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/event_source.h"
#include "core/model/destroy_event.h"

#include <iterator>
#include <utility>
#include <vector>

namespace halfopen::test {

/// Plays the events that a test has put in, once.
class ScriptedEvents : public EventSource {
public:
    /// What the next drain() gives.
    struct Script {
        std::vector<DestroyEvent> events;
        EventDrain result;
        bool atOnce = false; ///< as the tracepoints do
    };
    explicit ScriptedEvents(Script& next)
        : m_next(next) {}

    EventDrain drain(std::vector<DestroyEvent>& events) override {
        Script now = std::exchange(m_next, Script{.events = {}, .result = {}, .atOnce = m_next.atOnce});
        events.insert(events.end(), std::make_move_iterator(now.events.begin()),
                      std::make_move_iterator(now.events.end()));
        return now.result;
    }
    int descriptor() const override { return -1; }
    bool tellsAtOnce() const override { return m_next.atOnce; }

private:
    Script& m_next;
};

} // namespace halfopen::test
