// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/apply_flow.h"

#include "core/model/units.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace halfopen {

using namespace std::chrono_literals;

ApplyFlow::ApplyFlow(TuningBackend& backend, std::chrono::milliseconds trial, QObject* parent)
    : QObject(parent)
    , m_backend(backend)
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

void ApplyFlow::wait(Step step) {
    m_timer.stop();
    m_request = 0;
    go(step);
}

ApplyFlow::Answer ApplyFlow::whileHere(Answer answer) {
    return [self = QPointer(this), answer = std::move(answer)](const Outcome<KeepaliveDefaults>& outcome) {
        if (self)
            answer(outcome);
    };
}

void ApplyFlow::refused(const PrivilegeError& error) {
    go(Step::Ready);
    Q_EMIT failed(error);
}

void ApplyFlow::apply(const KeepaliveChange& change, const KeepaliveDefaults& before, bool onTrial) {
    if (m_step != Step::Ready)
        return;
    m_change = change;
    m_before = before;
    wait(Step::Asking);
    if (onTrial)
        return tryOut();
    m_request = m_backend.apply(change, whileHere([this](const Outcome<KeepaliveDefaults>& outcome) {
                                    if (!outcome)
                                        return refused(outcome.error());
                                    m_applied = *outcome;
                                    go(Step::Ready);
                                    Q_EMIT tookEffect(*outcome, m_before);
                                    Q_EMIT kept(*outcome, m_change.persist);
                                }));
}

void ApplyFlow::tryOut() {
    KeepaliveChange first = m_change;
    first.persist = false;
    const auto length = std::chrono::ceil<std::chrono::seconds>(m_trial);
    m_request = m_backend.tryOut(first, length, [self = QPointer(this)](const Outcome<KeepaliveTrial>& outcome) {
        if (!self)
            return;
        if (!outcome)
            return self->refused(outcome.error());
        self->m_held = *outcome;
        self->m_applied = outcome->values;
        self->m_end = MonotonicClock::now() + self->m_trial;
        self->m_timer.start();
        self->go(Step::OnTrial);
        Q_EMIT self->tookEffect(outcome->values, self->m_before);
    });
}

/// The person has chosen to keep the values: they stay in effect even where the file cannot be written.
void ApplyFlow::keep() {
    if (m_step != Step::OnTrial && m_step != Step::NotBack)
        return;
    wait(Step::Keeping);
    const auto held = std::exchange(m_held, std::nullopt);
    if (!held)
        return persist();
    m_backend.keep(*held, whileHere([this](const Outcome<KeepaliveDefaults>& outcome) {
        if (outcome)
            persist();
        else
            refused(outcome.error());
    }));
}

void ApplyFlow::persist() {
    if (!m_change.persist) {
        go(Step::Ready);
        Q_EMIT kept(m_applied, false);
        return;
    }
    m_request = m_backend.apply(m_change, whileHere([this](const Outcome<KeepaliveDefaults>& outcome) {
                                    if (!outcome)
                                        return refused(outcome.error());
                                    go(Step::Ready);
                                    Q_EMIT kept(*outcome, true);
                                }));
}

void ApplyFlow::takeBack() {
    if (m_step != Step::OnTrial && m_step != Step::NotBack)
        return;
    wait(Step::TakingBack);
    const auto held = std::exchange(m_held, std::nullopt);
    if (!held)
        return askBack();
    m_backend.takeBack(*held, whileHere([this](const Outcome<KeepaliveDefaults>& outcome) {
        if (!outcome && outcome.error().kind == PrivilegeErrorKind::TrialOver)
            refused(outcome.error()); // they are others by now
        else
            onBack(outcome);
    }));
}

/// As a change of its own: nobody holds the trial any more.
void ApplyFlow::askBack() {
    m_request = m_backend.apply({m_change.netns, m_before, false},
                                whileHere([this](const Outcome<KeepaliveDefaults>& outcome) { onBack(outcome); }));
}

void ApplyFlow::onBack(const Outcome<KeepaliveDefaults>& outcome) {
    go(outcome ? Step::Ready : Step::NotBack);
    if (!outcome) {
        Q_EMIT failed(outcome.error());
        return;
    }
    Q_EMIT tookEffect(*outcome, m_applied);
    Q_EMIT tookBack(*outcome);
}

void ApplyFlow::forget(std::uint64_t netns) {
    if (m_step != Step::Ready)
        return;
    wait(Step::Asking);
    m_request = m_backend.forget(netns, [self = QPointer(this)](const Outcome<void>& outcome) {
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
        m_backend.cancel(m_request);
}

void ApplyFlow::tick() {
    if (MonotonicClock::now() >= m_end)
        takeBack();
    else
        Q_EMIT leftChanged();
}

} // namespace halfopen
