// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/history/history_menu.h"

#include <QActionGroup>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>

#include <algorithm>
#include <array>
#include <utility>

namespace halfopen {

namespace {

constexpr int kUsualDays = 30;
constexpr std::array kDays{0, 1, 7, 30, 365};

QString settingDays() {
    return QStringLiteral("history/keep_days");
}

QString daysText(int days) {
    return days == 0 ? HistoryMenu::tr("Only While Halfopen Is Open") : HistoryMenu::tr("%n Day(s)", nullptr, days);
}

} // namespace

std::chrono::hours keptFor(const QSettings& settings) {
    return std::chrono::days(std::max(0, settings.value(settingDays(), kUsualDays).toInt()));
}

HistoryMenu::HistoryMenu(std::function<void(std::chrono::hours)> keep, QWidget* parent)
    : QMenu(tr("Hi&story"), parent)
    , m_keepFor(std::move(keep))
    , m_copyRecord(addAction(tr("Copy &Record")))
    , m_sameRemote(addAction(tr("Same Remote &Now")))
    , m_keep(new QMenu(tr("&Keep For"), this)) {
    m_copyRecord->setIconText(tr("Copy Record"));
    m_sameRemote->setIconText(tr("Same Remote Now"));
    m_sameRemote->setToolTip(tr("Lists the open connections with this remote host"));
    addSeparator();
    addMenu(m_keep);
    m_keep->menuAction()->setEnabled(static_cast<bool>(m_keepFor));
    m_clear = addAction(tr("&Clear History..."));
    auto* group = new QActionGroup(this);
    group->setEnabled(static_cast<bool>(m_keepFor)); // wherever else they are offered
    const auto now = keptFor(QSettings());
    for (const int days : kDays) {
        auto* action = m_keep->addAction(daysText(days));
        action->setCheckable(true);
        action->setChecked(std::chrono::days(days) == now);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, days] {
            QSettings().setValue(settingDays(), days);
            m_keepFor(std::chrono::days(days));
        });
    }
}

void HistoryMenu::setKept(bool kept) {
    m_kept = kept;
    m_keep->menuAction()->setEnabled(kept && m_keepFor);
}

void HistoryMenu::askToClear(QWidget* window) {
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Clear History"), tr("Forget all ended connections?"),
                                QMessageBox::Cancel, window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    if (m_kept)
        box->setInformativeText(
            tr("Those of earlier runs are forgotten as well, and the file that keeps them is emptied. "
               "This cannot be undone."));
    auto* clear = box->addButton(tr("Clear"), QMessageBox::DestructiveRole);
    box->setDefaultButton(QMessageBox::Cancel);
    box->setEscapeButton(QMessageBox::Cancel);
    connect(clear, &QPushButton::clicked, this, &HistoryMenu::cleared);
    box->open();
}

} // namespace halfopen
