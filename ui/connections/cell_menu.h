// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPoint>

class QMenu;

namespace halfopen {

class ConnectionView;
class FilterBar;

/// Adds "Expand Group" where the line at a point of the table's viewport is one of a group.
void addGroupEntries(QMenu& menu, ConnectionView& view, QPoint at);

/// Adds "Show Only" and "Hide" with what the cell there says, or what the group's members have in common. Nothing is
/// added where there is no line, or no condition for it.
void addCellFilters(QMenu& menu, ConnectionView& view, QPoint at, FilterBar& filter);

} // namespace halfopen
