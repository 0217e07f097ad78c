// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/apply_flow.h"

#include "core/units.h"

#include <QPointer>

#include <algorithm>

namespace halfopen {

using namespace std::chrono_literals;

ApplyFlow::ApplyFlow(TuningActions& actions, std::chrono::milliseconds trial, QObject* parent)
    : QObject(parent)
    , m_actions(actions)
    , m_trial(trial) {
    m_timer.setInterval(std::min<std::chrono::milliseconds>(250ms, trial / 4));
    connect(&m_timer, &QTimer::timeout, this, &ApplyFlow::tick);
}

std::chrono::seconds ApplyFlow::left() const {
    return std::max(0s, std::chrono::ceil<std::chrono::seconds>(m_end - MonotonicClock::now()));
}

void ApplyFlow::go(Step step) {
    m_step = step;
    Q_EMIT stepChanged();
}

void ApplyFlow::ask(Step step, const KeepaliveChange& change, Answer answer) {
    m_timer.stop();
    go(step);
    m_actions.apply(change, [self = QPointer(this), answer = std::move(answer)](const auto& outcome) {
        if (self)
            answer(outcome);
    });
}

void ApplyFlow::apply(const KeepaliveChange& change, const KeepaliveDefaults& before, bool onTrial) {
    if (m_step != Step::Ready)
        return;
    m_change = change;
    m_before = before;
    auto first = change;
    first.persist = change.persist && !onTrial;
    ask(Step::Asking, first, [this, onTrial](const Outcome<KeepaliveDefaults>& outcome) {
        if (outcome)
            return applied(*outcome, onTrial);
        go(Step::Ready);
        Q_EMIT failed(outcome.error());
    });
}

void ApplyFlow::applied(const KeepaliveDefaults& values, bool onTrial) {
    m_applied = values;
    if (onTrial) {
        m_end = MonotonicClock::now() + m_trial;
        m_timer.start();
    }
    go(onTrial ? Step::OnTrial : Step::Ready);
    Q_EMIT tookEffect(values, m_before);
    if (!onTrial)
        Q_EMIT kept(m_change.persist);
}

void ApplyFlow::keep() {
    if (m_step != Step::OnTrial && m_step != Step::NotBack)
        return;
    m_timer.stop();
    if (!m_change.persist) {
        go(Step::Ready);
        Q_EMIT kept(false);
        return;
    }
    // The person has chosen to keep the values: they stay in effect even where the file cannot be written.
    ask(Step::Keeping, m_change, [this](const Outcome<KeepaliveDefaults>& outcome) {
        go(Step::Ready);
        if (outcome)
            Q_EMIT kept(true);
        else
            Q_EMIT failed(outcome.error());
    });
}

void ApplyFlow::takeBack() {
    if (m_step != Step::OnTrial && m_step != Step::NotBack)
        return;
    const KeepaliveChange back{m_change.netns, m_before, false};
    ask(Step::TakingBack, back, [this](const Outcome<KeepaliveDefaults>& outcome) {
        go(outcome ? Step::Ready : Step::NotBack);
        if (!outcome) {
            Q_EMIT failed(outcome.error());
            return;
        }
        Q_EMIT tookEffect(*outcome, m_applied);
        Q_EMIT tookBack();
    });
}

void ApplyFlow::forget(std::uint64_t netns) {
    if (m_step != Step::Ready)
        return;
    go(Step::Asking);
    m_actions.forget(netns, [self = QPointer(this)](const Outcome<void>& outcome) {
        if (!self)
            return;
        self->go(Step::Ready);
        if (outcome)
            Q_EMIT self->forgot();
        else
            Q_EMIT self->failed(outcome.error());
    });
}

void ApplyFlow::cancel() {
    if (isWaiting())
        m_actions.cancel();
}

void ApplyFlow::tick() {
    if (MonotonicClock::now() >= m_end)
        takeBack();
    else
        Q_EMIT leftChanged();
}

} // namespace halfopen
