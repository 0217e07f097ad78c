// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/change_proof.h"

#include "ui/actions/action_strings.h"

#include <QCoreApplication>

#include <algorithm>

namespace halfopen {

namespace {

struct ChangeProofText {
    Q_DECLARE_TR_FUNCTIONS(ChangeProof)
};

/// What the kernel shows of one, or how many of several it would notice the end of.
QString stateOf(const Targets& targets, MonotonicTime now) {
    if (targets.count() == 1) {
        const Row& row = *targets.rows.front();
        const auto timer = timerSentence(row.connection, now);
        return ChangeProofText::tr("%1; %2.", "timer; fate")
            .arg(timer, fateSentence(row.forecast, row.connection.sampled, now));
    }
    const auto guarded = std::ranges::count_if(
        targets.rows, [](const Row* row) { return row->connection.timer.kind() == TimerKind::Keepalive; });
    return ChangeProofText::tr("%1 of %2 have a keepalive timer that runs.").arg(guarded).arg(targets.count());
}

} // namespace

void ChangeProof::begin(const Targets& before, MonotonicTime here) {
    clear();
    m_keys = before.keys();
    m_before =
        ChangeProofText::tr("Before: %1").arg(stateOf(before, before.frame ? before.frame->present(here) : here));
}

bool ChangeProof::look(const FramePtr& frame) {
    if (!isWaiting() || frame->started <= frame->inView().host->fromHere(m_changed))
        return false;
    const auto targets = targetsIn(frame, m_keys);
    m_after = targets.empty() ? ChangeProofText::tr("Now: it has closed.")
                              : ChangeProofText::tr("Now: %1").arg(stateOf(targets, frame->taken));
    return true;
}

} // namespace halfopen
