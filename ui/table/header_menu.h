// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QHeaderView;
class QMenu;
class QWidget;

namespace halfopen {

class ColumnLayout;

/// The menu that shows and hides columns, in the order on the screen, and takes everything back to the first start.
/// @param layout  outlives the menu
/// @param column  the one that was pointed at, which can be sorted by and hidden; -1: none
/// @return        owned by `parent`; not yet shown
QMenu* newHeaderMenu(ColumnLayout& layout, QHeaderView& header, int column, QWidget* parent);
/// The same into a menu that is there already, and empty.
void fillHeaderMenu(QMenu& menu, ColumnLayout& layout, const QHeaderView& header);
/// The columns by which the rows can be sorted, those without room too, and which way.
void fillSortMenu(QMenu& menu, const ColumnLayout& layout, QHeaderView& header);

} // namespace halfopen
