// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"

#include <QString>

#include <optional>

namespace halfopen {

/// What happens while the shown frame stays: frames go on coming, and what changed in them since is counted.
class PauseGate {
public:
    bool isPaused() const { return m_since.has_value(); }
    std::optional<MonotonicTime> since() const { return m_since; }
    const FramePtr& newest() const { return m_newest; } ///< null before the first frame

    void pause(MonotonicTime now);
    void resume();

    /// @return whether the frame is to be shown
    bool take(const FramePtr& frame);
    /// "Paused. Since then 3 connections have appeared and 1 has gone."
    QString banner() const;

private:
    std::optional<MonotonicTime> m_since;
    FramePtr m_newest;
    FramePtr m_begun; ///< the newest when the pause began; it keeps the memory of one frame
};

} // namespace halfopen
