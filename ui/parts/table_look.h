// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTableView;

namespace halfopen {

/// What every table of connections looks and feels like: read only, whole rows chosen, rows of one height, no grid and
/// no frame, columns that can be moved. For a view's constructor; its font counts.
void setUpTableLook(QTableView& view);

} // namespace halfopen
