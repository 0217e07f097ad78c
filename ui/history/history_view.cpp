// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/history/history_view.h"

#include "ui/history/history_columns.h"
#include "ui/history/history_model.h"
#include "ui/look/diagnosis_icon.h"
#include "ui/look/ending_strings.h"
#include "ui/look/theme.h"
#include "ui/parts/staying_menu.h"
#include "ui/parts/table_copy.h"
#include "ui/parts/table_look.h"

#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QSettings>
#include <QStyledItemDelegate>

namespace halfopen {

namespace {

QString settingHeader() {
    return QStringLiteral("history/header");
}

/// An ending has a shape and a colour besides its words; what is only likely stands in italics.
class HistoryDelegate final : public QStyledItemDelegate {
public:
    explicit HistoryDelegate(const HistoryModel& model, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_model(model) {}

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
        QStyledItemDelegate::initStyleOption(option, index);
        const auto record = m_model.at(index.row());
        if (!record || (index.column() != HistoryEnding && index.column() != HistoryEvidence))
            return;
        option->font.setItalic(record->confidence != Confidence::Certain);
        if (index.column() != HistoryEnding)
            return;
        const auto& theme = themeOf(option->palette);
        const auto accent = accentOf(record->ending);
        const bool selected = option->state.testFlag(QStyle::State_Selected);
        const bool hasKeys = option->widget && option->widget->hasFocus();
        const auto group = hasKeys ? QPalette::Active : QPalette::Inactive; // of the ground below it
        const auto color = selected ? option->palette.color(group, QPalette::HighlightedText) : theme.of(accent);
        const int icon = iconSizeFor(option->fontMetrics);
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->decorationSize = {icon, icon};
        const auto pixmap =
            diagnosisPixmap(accent, color, icon, option->widget ? option->widget->devicePixelRatioF() : 1);
        option->icon = QIcon(pixmap);
        option->icon.addPixmap(pixmap, QIcon::Selected); // else Qt blends it with the ground
        option->palette.setColor(QPalette::Text, color);
    }

private:
    const HistoryModel& m_model;
};

} // namespace

HistoryView::HistoryView(HistoryModel& model, QWidget* parent)
    : QTableView(parent)
    , m_model(model) {
    setModel(&model);
    setItemDelegate(new HistoryDelegate(model, this));
    setObjectName(QStringLiteral("history"));
    setAccessibleName(tr("Ended connections"));
    setUpTableLook(*this);
    auto* header = horizontalHeader();
    header->setStretchLastSection(true);
    header->setSortIndicator(HistoryEnded, Qt::DescendingOrder);
    setSortingEnabled(true);
    for (int column = 0; column < model.columnCount(); ++column)
        header->resizeSection(column, historyColumns()[static_cast<std::size_t>(column)].characters *
                                          fontMetrics().averageCharWidth());
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, [this, header](QPoint at) {
        auto* menu = newHeaderMenu(header->logicalIndexAt(at));
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(header->mapToGlobal(at));
    });
    connect(&model, &HistoryModel::aboutToAdd, this, &HistoryView::keepPlace);
    connect(&model, &HistoryModel::added, this, &HistoryView::findPlace);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value == 0)
            forgetNew();
    });
}

QMenu* HistoryView::newHeaderMenu(int column) {
    auto* menu = new QMenu(this);
    auto* header = horizontalHeader();
    if (column >= 0) {
        menu->addAction(tr("Sort &Ascending"), this, [this, column] { sortByColumn(column, Qt::AscendingOrder); });
        menu->addAction(tr("Sort &Descending"), this, [this, column] { sortByColumn(column, Qt::DescendingOrder); });
        menu->addAction(tr("&Hide Column"), this, [this, column] { setColumnHidden(column, true); })
            ->setEnabled(header->hiddenSectionCount() + 1 < header->count());
        menu->addAction(tr("F&it Width"), this, [this, column] { resizeColumnToContents(column); });
        menu->addSeparator();
    }
    keepOpenWhileTicked(*menu);
    for (int visual = 0; visual < header->count(); ++visual) {
        const int logical = header->logicalIndex(visual);
        const bool shown = !isColumnHidden(logical);
        auto* action = menu->addAction(historyTitle(historyColumns()[static_cast<std::size_t>(logical)]));
        action->setCheckable(true);
        action->setChecked(shown);
        action->setEnabled(!shown || header->hiddenSectionCount() + 1 < header->count());
        connect(action, &QAction::toggled, this, [this, logical](bool on) { setColumnHidden(logical, !on); });
    }
    return menu;
}

/// What is being read stays where it is while others come above it.
void HistoryView::keepPlace() {
    m_top = verticalScrollBar()->value() > 0 ? QPersistentModelIndex(indexAt({0, 0})) : QPersistentModelIndex();
    m_topAt = m_top.isValid() ? rowViewportPosition(m_top.row()) : 0;
    m_topRow = m_top.row();
}

void HistoryView::findPlace() {
    if (!m_top.isValid())
        return;
    executeDelayedItemsLayout();
    updateGeometries();
    verticalScrollBar()->setValue(verticalScrollBar()->value() + rowViewportPosition(m_top.row()) - m_topAt);
    if (m_top.row() > m_topRow) {
        m_newAbove += m_top.row() - m_topRow;
        Q_EMIT newAboveChanged();
    }
    m_top = QPersistentModelIndex();
}

void HistoryView::forgetNew() {
    if (m_newAbove == 0)
        return;
    m_newAbove = 0;
    Q_EMIT newAboveChanged();
}

EndedConnectionPtr HistoryView::selected() const {
    const int row = currentIndex().row();
    return selectionModel()->isRowSelected(row) ? m_model.at(row) : nullptr;
}

bool HistoryView::select(const SocketKey& key) {
    const int row = m_model.rowOfSocket(key);
    if (row < 0)
        return false;
    const auto index = m_model.index(row, 0);
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index);
    return true;
}

void HistoryView::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) {
    QTableView::selectionChanged(selected, deselected);
    Q_EMIT selectedChanged();
}

void HistoryView::copySelection() const {
    halfopen::copySelection(*this);
}

void HistoryView::restore(const QSettings& settings) {
    horizontalHeader()->restoreState(settings.value(settingHeader()).toByteArray());
}

void HistoryView::save(QSettings& settings) const {
    settings.setValue(settingHeader(), horizontalHeader()->saveState());
}

} // namespace halfopen
