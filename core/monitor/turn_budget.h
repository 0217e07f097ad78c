// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/units.h"

#include <algorithm>
#include <chrono>
#include <optional>

namespace halfopen {

/// The CPU time that namespaces may take which are not in view: a twentieth of the time that passes, however often
/// frames are made, and saved up for one interval at most. A turn may begin while some of it is left; what it takes too
/// much is paid off before the next one begins.
class TurnBudget {
public:
    static constexpr int kPart = 20;

    /// Until now. @param interval  Query::interval
    void save(MonotonicTime now, std::chrono::nanoseconds interval) {
        const std::chrono::nanoseconds most = interval / kPart;
        m_left = m_until ? std::min(m_left + (now - *m_until) / kPart, most) : most;
        m_until = now;
    }
    bool isSomeLeft() const { return m_left > std::chrono::nanoseconds{}; }
    void spend(std::chrono::nanoseconds cost) {
        m_left -= cost;
        m_spent += cost;
    }
    /// In all.
    std::chrono::nanoseconds spent() const { return m_spent; }

private:
    std::chrono::nanoseconds m_left{};
    std::chrono::nanoseconds m_spent{};
    std::optional<MonotonicTime> m_until;
};

} // namespace halfopen
