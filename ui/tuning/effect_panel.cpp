// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/effect_panel.h"

#include "ui/charts/when_chart.h"
#include "ui/tuning/counted_lines.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace halfopen {

EffectPanel::EffectPanel(QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel)
    , m_note(new QLabel)
    , m_lines(new CountedLines)
    , m_list(new QPushButton(tr("Show Them in the Table")))
    , m_rearm(new QPushButton(tr("Re-arm Now...")))
    , m_chartTitle(new QLabel(tr("Their timers fire within")))
    , m_chart(new WhenChart) {
    auto strong = m_title->font();
    strong.setBold(true);
    m_title->setFont(strong);
    m_title->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_chart->setFixedHeight(170);
    auto* left = new QVBoxLayout;
    left->setSpacing(8);
    for (QWidget* widget : {static_cast<QWidget*>(m_title), static_cast<QWidget*>(m_lines)})
        left->addWidget(widget);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_list);
    buttons->addWidget(m_rearm);
    buttons->addStretch(1);
    left->addLayout(buttons);
    left->addWidget(m_note);
    left->addStretch(1);
    auto* right = new QVBoxLayout;
    right->setSpacing(8);
    right->addWidget(m_chartTitle, 0, Qt::AlignLeft);
    right->addWidget(m_chart);
    right->addStretch(1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(24);
    layout->addLayout(left, 1);
    layout->addLayout(right, 1);
    m_list->setObjectName(QStringLiteral("listWaiting"));
    m_list->hide();
    m_rearm->setObjectName(QStringLiteral("rearm"));
    m_rearm->hide();
    connect(m_rearm, &QPushButton::clicked, this, &EffectPanel::rearmRequested);
    connect(m_list, &QPushButton::clicked, this, &EffectPanel::listRequested);
}

void EffectPanel::showEffect(const Effect& effect, bool edited) {
    m_title->setText(edited ? tr("If applied") : tr("If these values change"));
    m_lines->show(effectSentences(effect));
    m_note->setText(tr("A connection that opens later uses the new values from the start."));
    m_list->hide();
    m_rearm->hide();
    m_chart->show(effect.when);
    m_chart->setVisible(effect.atTimer > 0);
    m_chartTitle->setVisible(effect.atTimer > 0);
}

void EffectPanel::showProgress(const ChangeProgress& progress, MonotonicTime now) {
    const auto& counts = progress.counts();
    m_title->setText(tr("Of the %n connection(s) that were to follow", nullptr, static_cast<int>(counts.total)));
    m_lines->show(progressSentences(counts));
    m_note->setText(counts.waiting > 0 ? tr("Each of them follows when its timer fires.") : QString());
    m_list->setVisible(counts.waiting > 0);
    m_rearm->setVisible(counts.waiting > 0 && m_canRearm);
    m_chart->show(progress.whenWaiting(now));
    m_chart->setVisible(counts.waiting > 0);
    m_chartTitle->setVisible(counts.waiting > 0);
}

void EffectPanel::showNothing(const QString& why) {
    m_title->setText(why);
    m_lines->show({});
    m_note->clear();
    m_list->hide();
    m_rearm->hide();
    m_chart->hide();
    m_chartTitle->hide();
}

void EffectPanel::offerRearm(const QString& why) {
    m_canRearm = true;
    m_rearm->setEnabled(why.isEmpty());
    m_rearm->setToolTip(why.isEmpty() ? tr("Sets the same idle time on each of them, which arms its timer anew.")
                                      : why);
}

} // namespace halfopen
