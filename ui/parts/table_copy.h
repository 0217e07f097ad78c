// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <memory>
#include <vector>

class QAbstractItemModel;
class QMimeData;
class QTableView;

namespace halfopen {

/// What is to be copied: rows and columns of a model, in the order given.
struct TablePart {
    std::vector<int> rows;
    std::vector<int> columns;
};

/// Tab-separated text with a header line; tabs and line ends within a cell become spaces.
QString toTsv(const QAbstractItemModel& model, const TablePart& part);
/// The same as an HTML table, for word processors and mail.
QString toHtml(const QAbstractItemModel& model, const TablePart& part);
/// Both, as the clipboard takes them: text/plain (TSV), text/html.
std::unique_ptr<QMimeData> toMimeData(const QAbstractItemModel& model, const TablePart& part);

/// The chosen rows and the columns shown, both in the order on the screen.
TablePart selectedPart(const QTableView& view);
/// Puts that part on the clipboard; without a chosen row the clipboard stays as it is.
void copySelection(const QTableView& view);
/// "Copy" does so, by its key and in the view's menu, which has nothing else.
void addCopyAction(QTableView& view);

} // namespace halfopen
