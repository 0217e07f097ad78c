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
    };
    explicit ScriptedEvents(Script& next)
        : m_next(next) {}

    EventDrain drain(std::vector<DestroyEvent>& events) override {
        Script now = std::exchange(m_next, {});
        events.insert(events.end(), std::make_move_iterator(now.events.begin()),
                      std::make_move_iterator(now.events.end()));
        return now.result;
    }
    int descriptor() const override { return -1; }

private:
    Script& m_next;
};

} // namespace halfopen::test
