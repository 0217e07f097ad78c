// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/apply_bar.h"

#include "core/model/boot_configuration.h"
#include "ui/look/announce.h"
#include "ui/look/text.h"

#include <QApplication>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedLayout>
#include <QToolButton>

namespace halfopen {

namespace {

constexpr std::chrono::seconds kLastWarning{10}; ///< before the values go back by themselves

/// A box that cannot be ticked says why, and is not ticked.
void offer(QCheckBox& box, const QString& whyNot, const QString& meaning) {
    box.setEnabled(whyNot.isEmpty());
    box.setToolTip(whyNot.isEmpty() ? meaning : whyNot);
    if (!whyNot.isEmpty())
        box.setChecked(false);
}

QString dropInPath() {
    return fromCore(kDropInPath);
}

} // namespace

ApplyBar::ApplyBar(QWidget* parent)
    : QWidget(parent)
    , persistBox(new QCheckBox(tr("&Keep after reboot")))
    , trialBox(new QCheckBox(tr("&Take back in 60 s unless kept")))
    , revert(new QPushButton(tr("&Revert")))
    , apply(new QPushButton(tr("&Apply...")))
    , forget(new QPushButton(tr("Forget at Reboot")))
    , keep(new QPushButton(tr("&Keep")))
    , takeBack(new QPushButton(tr("&Take Back")))
    , cancel(new QPushButton(tr("Cancel")))
    , m_export(new QToolButton)
    , m_step(new QLabel)
    , m_stack(new QStackedLayout(this)) {
    m_stack->addWidget(newChoices());
    m_stack->addWidget(newStep());
    revert->setToolTip(tr("Back to the values in effect."));
    apply->setToolTip(tr("You may be asked for a password: these are settings of the whole machine."));
    forget->setToolTip(tr("Removes %1; the values in effect stay until the next boot.").arg(dropInPath()));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QWidget* ApplyBar::newChoices() {
    auto* choices = new QWidget;
    auto* layout = new QHBoxLayout(choices);
    layout->setContentsMargins(0, 0, 0, 0);
    m_export->setText(tr("E&xport"));
    m_export->setPopupMode(QToolButton::InstantPopup);
    m_export->setFocusPolicy(Qt::TabFocus);
    layout->addWidget(persistBox);
    layout->addWidget(trialBox);
    layout->addWidget(forget);
    layout->addStretch(1);
    layout->addWidget(m_export);
    layout->addWidget(revert);
    layout->addWidget(apply);
    return choices;
}

QWidget* ApplyBar::newStep() {
    auto* step = new QWidget;
    auto* layout = new QHBoxLayout(step);
    layout->setContentsMargins(0, 0, 0, 0);
    setNewsRole(*m_step);
    auto strong = m_step->font();
    strong.setBold(true);
    m_step->setFont(strong);
    layout->addWidget(m_step, 1);
    layout->addWidget(keep);
    layout->addWidget(takeBack);
    layout->addWidget(cancel);
    return step;
}

void ApplyBar::setExportMenu(QMenu* menu) {
    m_export->setMenu(menu);
}

void ApplyBar::showChoices(const Choices& choices) {
    apply->setEnabled(choices.canApply);
    revert->setEnabled(choices.canRevert);
    forget->setVisible(choices.hasDropIn);
    offer(*persistBox, choices.whyNoPersist, tr("Also writes %1.").arg(dropInPath()));
    offer(*trialBox, choices.whyNoTrial, tr("The values before come back by themselves, as display settings do."));
}

/// The keys stay in the bar from Apply to Keep: they go to the button that is to be pressed next.
void ApplyBar::keepKeys(bool decides) {
    if (decides)
        keep->setFocus();
    else if (cancel->isVisibleTo(this))
        cancel->setFocus();
    else if (apply->isEnabled())
        apply->setFocus();
    else
        persistBox->isEnabled() ? persistBox->setFocus() : trialBox->setFocus();
}

void ApplyBar::showStep(const ApplyFlow& flow, const QString& before) {
    const auto* keys = QApplication::focusWidget();
    const bool hadKeys = keys && isAncestorOf(keys);
    m_stack->setCurrentIndex(flow.step() == ApplyFlow::Step::Ready ? 0 : 1);
    const bool decides = flow.step() == ApplyFlow::Step::OnTrial || flow.step() == ApplyFlow::Step::NotBack;
    keep->setVisible(decides);
    takeBack->setVisible(decides);
    cancel->setVisible(flow.isWaiting());
    switch (flow.step()) {
    case ApplyFlow::Step::Ready:
        m_step->clear();
        break;
    case ApplyFlow::Step::OnTrial:
        m_step->setText(tr("In effect. In %n second(s) %1 come back, unless you keep the new values.", nullptr,
                           static_cast<int>(flow.left().count()))
                            .arg(before));
        break;
    case ApplyFlow::Step::NotBack:
        m_step->setText(tr("The new values are still in effect: %1 could not be brought back.").arg(before));
        break;
    case ApplyFlow::Step::Asking:
    case ApplyFlow::Step::Keeping:
    case ApplyFlow::Step::TakingBack:
        m_step->setText(tr("Waiting for the answer..."));
        break;
    }
    if (m_shownStep != flow.step()) {
        m_shownStep = flow.step();
        m_warned = false;
        if (!m_step->text().isEmpty())
            announce(*m_step);
        if (hadKeys)
            keepKeys(decides);
    } else if (flow.step() == ApplyFlow::Step::OnTrial && flow.left() <= kLastWarning && !m_warned) {
        m_warned = true;
        announce(*m_step);
    }
}

bool ApplyBar::persist() const {
    return persistBox->isChecked();
}

bool ApplyBar::onTrial() const {
    return trialBox->isChecked();
}

QString ApplyBar::stepText() const {
    return m_step->text();
}

} // namespace halfopen
