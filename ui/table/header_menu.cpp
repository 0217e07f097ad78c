// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/header_menu.h"

#include "ui/parts/staying_menu.h"
#include "ui/table/column_layout.h"
#include "ui/table/columns.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QMenu>

namespace halfopen {

namespace {

void addColumn(QMenu& menu, ColumnLayout& layout, const QHeaderView& header, int logical) {
    const auto& column = columns()[static_cast<std::size_t>(logical)];
    const bool shown = !header.isSectionHidden(logical);
    auto* action = menu.addAction(columnTitle(column));
    action->setToolTip(columnHint(column));
    action->setCheckable(true);
    action->setChecked(shown);
    action->setEnabled(!shown || layout.shownCount() > 1);
    QObject::connect(action, &QAction::toggled, &menu, [&layout, logical](bool on) { layout.setShown(logical, on); });
}

} // namespace

QMenu* newHeaderMenu(ColumnLayout& layout, QHeaderView& header, int column, QWidget* parent) {
    auto* menu = new QMenu(parent);
    const auto text = [](const char* source) { return QCoreApplication::translate("HeaderMenu", source); };
    if (column >= 0) {
        menu->addAction(text(QT_TRANSLATE_NOOP("HeaderMenu", "Sort &Ascending")), menu,
                        [&header, column] { header.setSortIndicator(column, Qt::AscendingOrder); });
        menu->addAction(text(QT_TRANSLATE_NOOP("HeaderMenu", "Sort &Descending")), menu,
                        [&header, column] { header.setSortIndicator(column, Qt::DescendingOrder); });
        menu->addAction(text(QT_TRANSLATE_NOOP("HeaderMenu", "&Hide Column")), menu,
                        [&layout, column] { layout.setShown(column, false); })
            ->setEnabled(layout.shownCount() > 1);
        menu->addSeparator();
    }
    fillHeaderMenu(*menu, layout, header);
    keepOpenWhileTicked(*menu);
    return menu;
}

void fillHeaderMenu(QMenu& menu, ColumnLayout& layout, const QHeaderView& header) {
    menu.setToolTipsVisible(true);
    for (int visual = 0; visual < header.count(); ++visual)
        addColumn(menu, layout, header, header.logicalIndex(visual));
    menu.addSeparator();
    menu.addAction(QCoreApplication::translate("HeaderMenu", "Columns as at First"), &menu,
                   [&layout] { layout.reset(); });
}

void fillSortMenu(QMenu& menu, const ColumnLayout& layout, QHeaderView& header) {
    const int sorted = header.sortIndicatorSection();
    for (int visual = 0; visual < header.count(); ++visual) {
        const int logical = header.logicalIndex(visual);
        if (header.isSectionHidden(logical) && !layout.isLeftOut(logical))
            continue;
        auto* action =
            menu.addAction(columnTitle(columns()[static_cast<std::size_t>(logical)]), &menu,
                           [&header, logical] { header.setSortIndicator(logical, header.sortIndicatorOrder()); });
        action->setCheckable(true);
        action->setChecked(logical == sorted);
    }
    menu.addSeparator();
    const bool down = header.sortIndicatorOrder() == Qt::DescendingOrder;
    auto* reverse = menu.addAction(QCoreApplication::translate("HeaderMenu", "&Descending"), &menu, [&header, down] {
        header.setSortIndicator(header.sortIndicatorSection(), down ? Qt::AscendingOrder : Qt::DescendingOrder);
    });
    reverse->setCheckable(true);
    reverse->setChecked(down);
}

} // namespace halfopen
