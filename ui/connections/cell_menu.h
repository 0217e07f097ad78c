// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPoint>

class QMenu;

namespace halfopen {

class ConnectionView;
class FilterBar;

/// Adds "Show Only" and "Hide" with what the cell at a point of the table's viewport says. Nothing is added where there
/// is no row.
void addCellFilters(QMenu& menu, ConnectionView& view, QPoint at, FilterBar& filter);

} // namespace halfopen
