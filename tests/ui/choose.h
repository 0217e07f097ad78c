// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/frames/scripted.h"
#include "ui/table/connection_model.h"
#include "ui/table/connection_view.h"

#include <QItemSelectionModel>

#include <initializer_list>

namespace halfopen::test {

/// Chooses rows of the table as a person does, one after the other; what was chosen before no longer is.
inline void choose(ConnectionView& view, std::initializer_list<std::uint64_t> cookies) {
    view.clearSelection();
    for (const auto cookie : cookies)
        view.selectionModel()->setCurrentIndex(view.connections().index(view.connections().rowOf(keyOf(cookie)), 1),
                                               QItemSelectionModel::Select | QItemSelectionModel::Rows);
}

} // namespace halfopen::test
