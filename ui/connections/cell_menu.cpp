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

std::vector<std::string> conditionsAt(const ConnectionModel& model, const QModelIndex& index) {
    if (!index.isValid() || !model.frame())
        return {};
    if (const Group* group = model.groupAt(index.row())) {
        const auto condition = conditionOf(*model.orderFrame(), *group);
        return condition ? std::vector{*condition} : std::vector<std::string>();
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
