// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

class QMenuBar;
class QWidget;

namespace halfopen {

/// In their order.
enum class LegendPage : std::uint8_t {
    Words, ///< the diagnoses with their icons, the worst first
    Marks, ///< what stands beside and within cells, and where numbers are known from
    Keys   ///< every verb of the menus that has a key, with it, and the keys that stand in no menu
};

/// Stays open beside the window; closes with it.
void showLegend(QWidget* parent, const QMenuBar& bar, LegendPage first);

} // namespace halfopen
