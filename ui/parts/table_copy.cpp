// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/table_copy.h"

#include <QAbstractItemModel>
#include <QAction>
#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMimeData>
#include <QTableView>

#include <algorithm>
#include <utility>
#include <vector>

namespace halfopen {

namespace {

struct TableCopy {
    Q_DECLARE_TR_FUNCTIONS(TableCopy)
};

QString titleAt(const QAbstractItemModel& model, int column) {
    return model.headerData(column, Qt::Horizontal).toString();
}

/// A spreadsheet calculates what begins like a formula, also when it is pasted; and anybody may name a process.
QString withoutFormula(QString text) {
    static const QString kBeginnings = QStringLiteral("=+-@\t\r\uff1d\uff0b\uff0d\uff20");
    if (!text.isEmpty() && kBeginnings.contains(text.front()))
        text.prepend(QLatin1Char('\''));
    return text;
}

QString textAt(const QAbstractItemModel& model, int row, int column) {
    return withoutFormula(model.index(row, column).data().toString());
}

QString oneField(QString text) {
    for (auto& character : text) {
        if (character == QLatin1Char('\t') || character == QLatin1Char('\n') || character == QLatin1Char('\r'))
            character = QLatin1Char(' ');
    }
    return text;
}

} // namespace

QString toTsv(const QAbstractItemModel& model, const TablePart& part) {
    QString text;
    const auto line = [&](const auto& field) {
        for (std::size_t i = 0; i < part.columns.size(); ++i)
            text += (i > 0 ? QStringLiteral("\t") : QString()) + oneField(field(part.columns[i]));
        text += QLatin1Char('\n');
    };
    line([&](int column) { return titleAt(model, column); });
    for (const int row : part.rows)
        line([&](int column) { return textAt(model, row, column); });
    return text;
}

QString toHtml(const QAbstractItemModel& model, const TablePart& part) {
    QString html = QStringLiteral("<table>\n");
    const auto line = [&](QLatin1String tag, const auto& field) {
        html += QStringLiteral("<tr>");
        for (const int column : part.columns)
            html += QStringLiteral("<%1>%2</%1>").arg(tag, field(column).toHtmlEscaped());
        html += QStringLiteral("</tr>\n");
    };
    line(QLatin1String("th"), [&](int column) { return titleAt(model, column); });
    for (const int row : part.rows)
        line(QLatin1String("td"), [&](int column) { return textAt(model, row, column); });
    return html + QStringLiteral("</table>\n");
}

std::unique_ptr<QMimeData> toMimeData(const QAbstractItemModel& model, const TablePart& part) {
    auto data = std::make_unique<QMimeData>();
    data->setText(toTsv(model, part));
    data->setHtml(toHtml(model, part));
    return data;
}

TablePart selectedPart(const QTableView& view) {
    TablePart part;
    // Rows are selected as a whole. QItemSelectionModel::selectedRows() would look through all ranges for each row.
    std::vector<std::pair<int, int>> ranges;
    for (const auto& range : view.selectionModel()->selection())
        ranges.emplace_back(range.top(), range.bottom());
    std::ranges::sort(ranges);
    int next = 0; // below what is there already
    for (const auto& [top, bottom] : ranges)
        for (next = std::max(next, top); next <= bottom; ++next)
            part.rows.push_back(next);
    for (int visual = 0; visual < view.horizontalHeader()->count(); ++visual) {
        const int logical = view.horizontalHeader()->logicalIndex(visual);
        if (!view.isColumnHidden(logical))
            part.columns.push_back(logical);
    }
    return part;
}

void copySelection(const QTableView& view) {
    const auto part = selectedPart(view);
    if (!part.rows.empty())
        QGuiApplication::clipboard()->setMimeData(toMimeData(*view.model(), part).release());
}

void addCopyAction(QTableView& view) {
    auto* copy = new QAction(TableCopy::tr("&Copy"), &view);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    QObject::connect(copy, &QAction::triggered, &view, [&view] { copySelection(view); });
    view.addAction(copy);
    view.setContextMenuPolicy(Qt::ActionsContextMenu);
}

} // namespace halfopen
