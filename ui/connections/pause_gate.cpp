// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/pause_gate.h"

#include <QCoreApplication>

#include <algorithm>

namespace halfopen {

namespace {

struct Banner {
    Q_DECLARE_TR_FUNCTIONS(Banner)
};

} // namespace

void PauseGate::pause(MonotonicTime now) {
    m_since = now;
    m_begun = m_newest;
}

void PauseGate::resume() {
    m_since.reset();
    m_begun.reset();
}

bool PauseGate::take(const FramePtr& frame) {
    m_newest = frame;
    return !isPaused();
}

QString PauseGate::banner() const {
    if (!isPaused())
        return {};
    // Whatever frames this thread has seen or missed: the sampling thread counts each connection once.
    const auto since = [this](std::uint64_t Happened::*ever) {
        const auto at = [ever](const FramePtr& frame) {
            return frame && frame->activity ? frame->activity->total.*ever : 0;
        };
        const std::uint64_t before = at(m_begun);
        const std::uint64_t now = m_newest ? at(m_newest) : before;
        return static_cast<int>(now - std::min(before, now)); // another source counts anew
    };
    return Banner::tr("%1 %2, %3", "paused; how many appeared, how many closed")
        .arg(Banner::tr("Paused; sampling goes on."),
             Banner::tr("Since then %n connection(s) appeared", nullptr, since(&Happened::appeared)),
             Banner::tr("%n closed.", nullptr, since(&Happened::vanished)));
}

} // namespace halfopen
