// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/table_look.h"

#include "ui/parts/header_style.h"

#include <QEvent>
#include <QHeaderView>
#include <QTableView>

namespace halfopen {

namespace {

/// Rows are as high as a line of text, also where the text becomes another size.
class RowHeight final : public QObject {
public:
    explicit RowHeight(QTableView& view)
        : QObject(&view)
        , m_view(view) {
        view.installEventFilter(this);
        set();
    }

private:
    bool eventFilter(QObject* object, QEvent* event) override {
        if (event->type() == QEvent::FontChange)
            set();
        return QObject::eventFilter(object, event);
    }
    void set() { m_view.verticalHeader()->setDefaultSectionSize(m_view.fontMetrics().height() + 6); }

    QTableView& m_view;
};

} // namespace

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
    view.setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // the columns stay as wide, however many rows there are
    auto* rows = view.verticalHeader();
    rows->hide();
    rows->setSectionResizeMode(QHeaderView::Fixed);
    rows->setMinimumSectionSize(1);
    new RowHeight(view); // the view owns it
    auto* columns = view.horizontalHeader();
    columns->setStyle(new HeaderStyle(columns));
    columns->setSectionsMovable(true);
    columns->setHighlightSections(false);
}

} // namespace halfopen
