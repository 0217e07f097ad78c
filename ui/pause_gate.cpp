// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pause_gate.h"

#include "core/query/order.h"

#include <QCoreApplication>

namespace halfopen {

namespace {

struct Banner {
    Q_DECLARE_TR_FUNCTIONS(Banner)
};

} // namespace

void PauseGate::pause(MonotonicTime now) {
    m_since = now;
    m_appeared = 0;
    m_vanished = 0;
}

void PauseGate::resume() {
    m_since.reset();
}

bool PauseGate::take(const FramePtr& frame) {
    const bool another = !m_newest || m_newest->sequence != frame->sequence;
    m_newest = frame;
    if (isPaused() && another) {
        m_appeared += frame->appeared;
        m_vanished += frame->vanished;
    }
    return !isPaused();
}

QString PauseGate::banner() const {
    if (!isPaused())
        return {};
    return Banner::tr("Paused; sampling goes on.") + QLatin1Char(' ') +
           Banner::tr("Since then %n connection(s) appeared", nullptr, static_cast<int>(m_appeared)) +
           QStringLiteral(", ") + Banner::tr("%n closed.", nullptr, static_cast<int>(m_vanished));
}

FramePtr PauseGate::rearranged(const Frame& shown, const Query& query) {
    auto copy = std::make_shared<Frame>(shown);
    const auto selected = copy->query.selected;
    copy->query = query;
    copy->query.selected = selected; // its detail bytes belong to that row
    arrange(*copy);
    return copy;
}

} // namespace halfopen
