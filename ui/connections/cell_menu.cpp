// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/cell_menu.h"

#include "core/query/cell_conditions.h"
#include "ui/look/text.h"
#include "ui/table/columns.h"
#include "ui/table/connection_model.h"
#include "ui/table/connection_view.h"
#include "ui/table/filter_bar.h"

#include <QCoreApplication>
#include <QMenu>

#include <string>
#include <vector>

namespace halfopen {

namespace {

struct CellMenu {
    Q_DECLARE_TR_FUNCTIONS(CellMenu)
};

/// In a menu an ampersand stands before a letter to press.
QString inMenu(const QString& text) {
    return QString(text).replace(QLatin1Char('&'), QStringLiteral("&&"));
}

/// The column that shows what a group's members have in common; Kernel: none does.
SortKey columnOf(const Group& group) {
    if (group.kind == Group::Kind::TimeWait)
        return SortKey::State;
    if (group.kind == Group::Kind::Missing)
        return SortKey::Kernel;
    switch (group.by) {
    case GroupBy::Program:
    case GroupBy::Process:
        return SortKey::Process;
    case GroupBy::RemoteHost:
        return SortKey::Remote;
    case GroupBy::Service:
        return SortKey::Service;
    case GroupBy::User:
        return SortKey::User;
    case GroupBy::State:
        return SortKey::State;
    case GroupBy::Diagnosis:
        return SortKey::Diagnosis;
    default:
        return SortKey::Kernel;
    }
}

std::vector<std::string> conditionsAt(const ConnectionModel& model, const QModelIndex& index) {
    if (!index.isValid() || !model.frame())
        return {};
    if (const Group* group = model.groupAt(index.row())) {
        const Frame& frame = *model.orderFrame();
        return conditionsOf(frame, frame.rows[group->worst], columnOf(*group));
    }
    const Row* row = model.rowAt(index.row());
    const SortKey column = columns()[static_cast<std::size_t>(index.column())].sort;
    return row ? conditionsOf(*model.frame(), *row, column) : std::vector<std::string>();
}

} // namespace

void addGroupEntries(QMenu& menu, ConnectionView& view, QPoint at) {
    const QModelIndex index = view.indexAt(at);
    const Group* group = index.isValid() ? view.connections().groupAt(index.row()) : nullptr;
    if (!group)
        return;
    const auto text = group->expanded ? CellMenu::tr("Collapse &Group") : CellMenu::tr("Expand &Group");
    menu.addAction(text, &view,
                   [&view, key = group->key, on = !group->expanded] { Q_EMIT view.expansionAsked(key, on); });
    menu.addSeparator();
}

void addCellFilters(QMenu& menu, ConnectionView& view, QPoint at, FilterBar& filter) {
    const auto conditions = conditionsAt(view.connections(), view.indexAt(at));
    if (conditions.empty())
        return;
    menu.addSeparator();
    auto* only = menu.addMenu(CellMenu::tr("Show &Only"));
    auto* hide = menu.addMenu(CellMenu::tr("&Hide"));
    for (const std::string& condition : conditions) {
        const QString text = fromCore(condition);
        QObject::connect(only->addAction(inMenu(text)), &QAction::triggered, &filter,
                         [&filter, text] { filter.addCondition(text); });
        QObject::connect(hide->addAction(inMenu(text)), &QAction::triggered, &filter,
                         [&filter, text] { filter.addCondition(QStringLiteral("not ") + text); });
    }
}

} // namespace halfopen
