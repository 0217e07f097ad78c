// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of a change on the Tuning page: it belongs to the namespace that it was asked for in, also where another
// one is in view by the time of the answer.
#include "core/tuning/netns_keeping.h"
#include "core/tuning/steps.h"
#include "ui/look/netns_strings.h"
#include "ui/look/sentence.h"
#include "ui/look/text.h"
#include "ui/parts/answer_bar.h"
#include "ui/tuning/apply_bar.h"
#include "ui/tuning/tuning_page.h"
#include "ui/tuning/tuning_strings.h"

#include <QMessageBox>
#include <QPushButton>

#include <utility>

namespace halfopen {

void TuningPage::connectFlow() {
    const auto showStep = [this] {
        m_apply->showStep(m_flow, triple(m_before));
        Q_EMIT trialChanged(m_flow.isOnTrial() ? m_apply->stepText() : QString());
    };
    connect(&m_flow, &ApplyFlow::stepChanged, this, [this, showStep] {
        showStep();
        refreshChoices();
    });
    connect(&m_flow, &ApplyFlow::leftChanged, this, showStep);
    connect(&m_flow, &ApplyFlow::tookEffect, this, &TuningPage::onTookEffect);
    connect(&m_flow, &ApplyFlow::failed, this, &TuningPage::onFailed);
    connect(&m_flow, &ApplyFlow::kept, this, &TuningPage::onKept);
    connect(&m_flow, &ApplyFlow::tookBack, this, [this](const KeepaliveDefaults& values) {
        tellSettings(SettingsNews::What::TakenBack);
        m_answer->say(whereApplied(tr("Taken back: %1 are in effect again.").arg(triple(values))));
    });
    connect(&m_flow, &ApplyFlow::forgot, this, [this] {
        Q_EMIT settingsChanged({SettingsNews::What::FileRemoved, {}, {}, m_frame->namespaces[m_frame->inViewIndex]});
        m_answer->say(tr("The file is gone. The values in effect stay until the next boot."));
        lookAtFiles();
    });
    const auto settled = [this] {
        if (m_settled)
            std::exchange(m_settled, nullptr)();
    };
    connect(&m_flow, &ApplyFlow::kept, this, settled);
    connect(&m_flow, &ApplyFlow::tookBack, this, settled);
}

void TuningPage::apply() {
    if (!isEditable() || !m_apply->apply->isEnabled())
        return;
    m_answer->clear();
    m_before = *m_inEffect;
    m_applying = m_frame->namespaces[m_frame->inViewIndex];
    m_flow.apply({m_applying->netns, m_edited, m_apply->persist()}, m_before, m_apply->onTrial());
}

void TuningPage::tellSettings(SettingsNews::What what, const KeepaliveDefaults& before,
                              const KeepaliveDefaults& after) {
    Q_EMIT settingsChanged({what, before, after, m_applying});
}

void TuningPage::onTookEffect(const KeepaliveDefaults& values, const KeepaliveDefaults& before) {
    const bool onTrial = m_flow.step() == ApplyFlow::Step::OnTrial;
    if (values != before)
        tellSettings(onTrial ? SettingsNews::What::OnTrial : SettingsNews::What::InEffect, before, values);
    if (!appliesToView())
        return lookAtFiles();
    m_changed = MonotonicClock::now();
    if (values != before)
        m_progress = ChangeProgress(*m_frame, before, values, m_progress ? &*m_progress : nullptr);
    m_inEffect = values;
    m_edited = offered(values);
    refresh();
    lookAtFiles();
}

bool TuningPage::appliesToView() const {
    return m_applying && m_frame && m_frame->isHere() && m_applying->number == m_frame->inView().number;
}

/// Says of which namespace a sentence is where another one is in view.
QString TuningPage::whereApplied(const QString& sentence) const {
    if (appliesToView())
        return sentence;
    return m_applying->number == 0 ? tr("In this program's own namespace: %1").arg(sentence)
                                   : tr("In %1: %2").arg(netnsName(*m_applying), sentence);
}

void TuningPage::onKept(const KeepaliveDefaults& values, bool afterReboot) {
    tellSettings(afterReboot ? SettingsNews::What::KeptAfterReboot : SettingsNews::What::Kept);
    if (m_applying->number != 0)
        return sayKeptElsewhere(values);
    m_answer->say(
        whereApplied(afterReboot ? tr("%1 are in effect, and will be after a reboot.").arg(triple(values))
                                 : tr("%1 are in effect. Nothing was written for the next boot.").arg(triple(values))));
    lookAtFiles();
}

/// With the lines that would keep them, to be copied.
void TuningPage::sayKeptElsewhere(const KeepaliveDefaults& values) {
    const NetnsContext& netns = *m_applying;
    const NetnsMaker maker = makerOf(netns.inside);
    const QString lines = fromCore(linesToKeep(maker, netns.name, values));
    QString sentence = tr("%1 are in effect in %2 until it ends.").arg(triple(values), netnsName(netns));
    if (!lines.isEmpty())
        sentence = inOneLine(inOneLine(sentence, tr("To have them each time:")), whereToKeep(maker));
    m_answer->say(sentence, lines);
}

void TuningPage::onFailed(const PrivilegeError& error) {
    m_settled = nullptr; // the window stays, and says why
    QString sentence = refusalText(error);
    if (m_flow.step() == ApplyFlow::Step::NotBack && sentence.isEmpty())
        sentence = tr("The dialog was closed, so the new values are still in effect.");
    QString command = fromCore(error.command);
    if (m_flow.step() == ApplyFlow::Step::NotBack && error.kind == PrivilegeErrorKind::Dismissed)
        command = fromCore(commandFor({0, m_before, false}));
    m_answer->say(sentence.isEmpty() || !m_applying ? sentence : whereApplied(sentence),
                  sentence.isEmpty() ? QString() : command);
}

bool TuningPage::mayClose(const std::function<void()>& close) {
    if (!m_flow.isOnTrial())
        return true;
    settle(close);
    return false;
}

void TuningPage::settle(std::function<void()> settled) {
    auto* box = new QMessageBox(QMessageBox::Question, tr("Halfopen"),
                                tr("The new values are on trial. Keep them, or bring %1 back?").arg(triple(m_before)),
                                QMessageBox::Cancel, this);
    auto* keep = box->addButton(tr("Keep"), QMessageBox::AcceptRole);
    auto* back = box->addButton(tr("Take Back"), QMessageBox::DestructiveRole);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(box, &QMessageBox::buttonClicked, this,
            [this, keep, back, settled = std::move(settled)](QAbstractButton* button) {
                if (button != keep && button != back)
                    return;
                m_settled = settled;
                button == keep ? m_flow.keep() : m_flow.takeBack();
            });
    connect(&m_flow, &ApplyFlow::stepChanged, box, [this, box] {
        if (!m_flow.isOnTrial()) // decided meanwhile, by the clock
            box->reject();
    });
    box->open();
}

} // namespace halfopen
