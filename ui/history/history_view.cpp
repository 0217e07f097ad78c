// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/history/history_view.h"

#include "ui/history/history_columns.h"
#include "ui/history/history_model.h"
#include "ui/look/diagnosis_icon.h"
#include "ui/look/ending_strings.h"
#include "ui/look/theme.h"
#include "ui/parts/table_copy.h"
#include "ui/parts/table_look.h"

#include <QHeaderView>
#include <QSettings>
#include <QStyledItemDelegate>

namespace halfopen {

namespace {

constexpr int kIcon = 14;

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
        const auto color = selected ? option->palette.color(QPalette::HighlightedText) : theme.of(accent);
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->decorationSize = {kIcon, kIcon};
        option->icon = diagnosisPixmap(accent, color, kIcon, option->widget ? option->widget->devicePixelRatioF() : 1);
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
