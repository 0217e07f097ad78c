// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/child.h"
#include "ui/charts/chart_panel.h"

namespace halfopen::test {

/// What stands below a chart, or instead of it.
inline QString wordsOf(const ChartPanel& panel) {
    const auto& instead = child<QLabel>(panel, "chartInstead");
    return instead.isVisibleTo(&panel) ? instead.text() : child<QLabel>(panel, "chartWords").text();
}

} // namespace halfopen::test
