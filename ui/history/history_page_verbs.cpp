// SPDX-License-Identifier: GPL-3.0-or-later
// What is done on the page: to a record, to the list, and to all that is kept.
#include "core/format/events.h"
#include "core/query/zoned_address.h"
#include "ui/history/history_menu.h"
#include "ui/history/history_model.h"
#include "ui/history/history_page.h"
#include "ui/history/history_view.h"
#include "ui/history/record_head.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/parts/chip_row.h"
#include "ui/parts/notice_bar.h"
#include "ui/parts/table_copy.h"
#include "ui/record/ended_facts.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace halfopen {

namespace {

/// The filter that lists what has this remote host.
QString remoteFilter(const EndedConnection& record) {
    const auto address =
        fromCore(zonedAddress(record.remote.address, isPlainZone(record.interface) ? record.interface : std::string()));
    return record.remote.address.family() == Family::Ipv4 ? QStringLiteral("dst %1").arg(address)
                                                          : QStringLiteral("dst [%1]").arg(address);
}

} // namespace

void HistoryPage::connectMenu() {
    m_head->addVerb(m_menu->sameRemote());
    m_head->addVerb(m_menu->copyRecord());
    connect(m_head, &RecordHead::alikeRequested, this, &HistoryPage::listAlike);
    connect(m_menu->sameRemote(), &QAction::triggered, this, &HistoryPage::showSameRemote);
    connect(m_menu->copyRecord(), &QAction::triggered, this, [this] {
        if (const auto record = m_view->selected())
            QGuiApplication::clipboard()->setText(recordText(*record));
    });
    connect(m_menu->clear(), &QAction::triggered, this, [this] { m_menu->askToClear(window()); });
    connect(m_menu, &HistoryMenu::cleared, this, &HistoryPage::clear);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_view, &QWidget::customContextMenuRequested, this, &HistoryPage::showRowMenu);
}

/// Each a line, as `halfopenctl events` prints them.
Page::Exportable HistoryPage::exportable(Scope scope) const {
    HistoryModel::List records = scope == Scope::All ? m_model->all() : m_model->shown();
    if (scope == Scope::Chosen) {
        HistoryModel::List chosen;
        for (const int row : selectedPart(*m_view).rows)
            chosen.push_back(records[static_cast<std::size_t>(row)]);
        records = std::move(chosen);
    }
    if (records.empty())
        return {};
    return {{FrameFormat::Text, FrameFormat::Json},
            [records = std::move(records)](FrameFormat format, const Output& output) {
                return std::ranges::all_of(records, [&](const EndedConnectionPtr& record) {
                    const bool json = format == FrameFormat::Json;
                    return output((json ? endingJson(*record) : halfopen::endingText(*record)) + "\n");
                });
            }};
}

QMenu* HistoryPage::menu() {
    return m_menu;
}

void HistoryPage::showRowMenu(QPoint at) {
    auto* menu = new QMenu(m_view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (auto* action : m_view->actions()) // copy and the like
        if (!action->isCheckable())
            menu->addAction(action);
    menu->addSeparator();
    menu->addActions({m_menu->copyRecord(), m_menu->sameRemote()});
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

void HistoryPage::addPauseAction(QAction* pause) {
    m_view->addAction(pause);
    auto* button = new QToolButton;
    button->setDefaultAction(pause);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFocusPolicy(Qt::TabFocus);
    button->setMinimumHeight(kTarget);
    m_top->addWidget(button);
    setTabOrder(m_above, button); // before the chips, as one reads
}

void HistoryPage::setPaused(bool paused) {
    m_held = paused;
    m_model->hold(paused);
    showCounts();
}

void HistoryPage::showPaused() {
    m_paused->say(
        m_held ? tr("Paused; %n more connection(s) ended since.", nullptr, static_cast<int>(m_model->counts().heldBack))
               : QString());
}

void HistoryPage::clear() {
    m_history->clear();
    m_model->replace({});
    m_model->hold(m_held);
    m_first = 0;
    showCounts();
}

/// What may be hidden by what was chosen before is shown.
void HistoryPage::showAll() {
    m_kinds->setChosen(0);
    m_onlyDead->setChecked(false);
    if (m_model->rowCount() == 0)
        m_onlyTimeWait->setChecked(m_model->counts().onlyTimeWait > 0);
}

void HistoryPage::listAlike() {
    const auto record = m_view->selected();
    if (!record)
        return;
    list(remoteFilter(*record));
    m_kinds->setChosen(1U << static_cast<unsigned>(kindOf(record->ending)));
}

void HistoryPage::showSameRemote() {
    if (const auto record = m_view->selected())
        Q_EMIT connectionsRequested(remoteFilter(*record));
}

} // namespace halfopen
