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

namespace halfopen {

namespace {

struct CellMenu {
    Q_DECLARE_TR_FUNCTIONS(CellMenu)
};

/// In a menu an ampersand stands before a letter to press.
QString inMenu(const QString& text) {
    return QString(text).replace(QLatin1Char('&'), QStringLiteral("&&"));
}

} // namespace

void addCellFilters(QMenu& menu, ConnectionView& view, QPoint at, FilterBar& filter) {
    const QModelIndex index = view.indexAt(at);
    const ConnectionModel& model = view.connections();
    const Row* row = index.isValid() ? model.rowAt(index.row()) : nullptr;
    if (!row || !model.frame())
        return;
    const SortKey column = columns()[static_cast<std::size_t>(index.column())].sort;
    const auto conditions = conditionsOf(*model.frame(), *row, column);
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
