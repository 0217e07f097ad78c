// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/table_look.h"

#include "ui/parts/header_style.h"

#include <QHeaderView>
#include <QTableView>

namespace halfopen {

void setUpTableLook(QTableView& view) {
    view.setAlternatingRowColors(true);
    view.setShowGrid(false);
    view.setWordWrap(false);
    view.setFrameShape(QFrame::NoFrame);
    view.setCornerButtonEnabled(false);
    view.setTabKeyNavigation(false);
    view.setSelectionBehavior(QAbstractItemView::SelectRows);
    view.setSelectionMode(QAbstractItemView::ExtendedSelection);
    view.setEditTriggers(QAbstractItemView::NoEditTriggers);
    view.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    auto* rows = view.verticalHeader();
    rows->hide();
    rows->setSectionResizeMode(QHeaderView::Fixed);
    rows->setMinimumSectionSize(1);
    rows->setDefaultSectionSize(view.fontMetrics().height() + 6);
    auto* columns = view.horizontalHeader();
    columns->setStyle(new HeaderStyle(columns));
    columns->setSectionsMovable(true);
    columns->setHighlightSections(false);
}

} // namespace halfopen
