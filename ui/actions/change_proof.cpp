// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/change_proof.h"

#include "ui/actions/action_strings.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdint>

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

/// Namespaces that are not in view are sampled in turn, so a frame may have rows of before the change. One that is gone
/// shows nothing else any more.
bool isSampledAfter(const Frame& frame, const SocketKey& key, MonotonicTime changed) {
    for (std::uint16_t index = 0; index < frame.namespaces.size(); ++index) {
        const NetnsContext& netns = *frame.namespaces[index];
        if (netns.netns == key.netns && netns.host->host == key.host && !frame.sampleOf(index).gone)
            return frame.sampleOf(index).started > netns.host->fromHere(changed);
    }
    return true;
}

} // namespace

void ChangeProof::begin(const Targets& before, MonotonicTime here) {
    clear();
    m_keys = before.keys();
    m_before =
        ChangeProofText::tr("Before: %1").arg(stateOf(before, before.frame ? before.frame->present(here) : here));
}

bool ChangeProof::look(const FramePtr& frame) {
    const auto shows = [&](const SocketKey& key) { return isSampledAfter(*frame, key, m_changed); };
    if (!isWaiting() || !std::ranges::all_of(m_keys, shows))
        return false;
    const auto targets = targetsIn(frame, m_keys);
    m_after = targets.empty()
                  ? ChangeProofText::tr("Now: it has closed.")
                  : ChangeProofText::tr("Now: %1").arg(stateOf(targets, targets.rows.front()->connection.sampled));
    return true;
}

} // namespace halfopen
