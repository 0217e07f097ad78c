// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/change_flow.h"
#include "ui/actions/targets.h"

#include <QString>

namespace halfopen {

/// Holds what the kernel showed before a change against what it shows after, so that a change is not taken on trust.
class ChangeProof {
public:
    /// @param before  the rows that are about to be changed
    /// @param here    by this machine's clock, as all moments here
    void begin(const Targets& before, MonotonicTime here);
    /// The change is over; only frames begun later show it.
    void changed(MonotonicTime here) { m_changed = here; }
    /// Looks at a frame. @return true once there is something to tell
    bool look(const FramePtr& frame);

    bool isBegun() const { return !m_before.isEmpty(); }
    bool isWaiting() const { return m_changed != MonotonicTime{} && m_after.isEmpty(); }
    QString before() const { return m_before; } ///< "Before: no timer is running; never given up ..."; "" without one
    QString after() const { return m_after; }   ///< likewise with "Now:"; "" until it is known
    void clear() { *this = {}; }

private:
    std::vector<SocketKey> m_keys;
    MonotonicTime m_changed{};
    QString m_before;
    QString m_after;
};

} // namespace halfopen
