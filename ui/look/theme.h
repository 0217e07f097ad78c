// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/diagnosis.h"
#include "core/model/row.h"

#include <QColor>
#include <QPalette>

#include <array>

namespace halfopen {

/// The colours of the program beyond the palette: one accent per diagnosis, one mark per change. Every text colour has
/// a contrast of at least 4.5 (WCAG 2.1, 1.4.3), in high contrast 7 (1.4.6), on the base, the alternate base and the
/// tints of its own theme.
struct Theme {
    std::array<QColor, kDiagnosisCount> diagnosis;
    QColor text;
    QColor dim;     ///< what matters less
    QColor guess;   ///< inferred, assumed or hidden; always in italics as well
    QColor newMark; ///< marks are bars and glyphs, tints lie under the whole row
    QColor newTint;
    QColor changedMark;
    QColor changedTint;
    QColor closedMark;
    QColor closedTint;
    QColor rule; ///< hairlines and axes

    const QColor& of(Diagnosis word) const { return diagnosis[static_cast<std::size_t>(word)]; }
    const QColor& markOf(Change change) const;
    const QColor& tintOf(Change change) const; ///< invalid for Change::None
};

/// The set that belongs to the palette; for a palette of the desktop one that is made to be read on it. GUI thread.
const Theme& themeOf(const QPalette& palette);

QPalette lightPalette();        ///< for the Fusion style
QPalette darkPalette();         ///< for the Fusion style
QPalette highContrastPalette(); ///< for the Fusion style: white and yellow on black

bool isDark(const QPalette& palette);
/// All grounds are black, or all are white: no shade is seen, so edges have to be.
bool isHighContrast(const QPalette& palette);

/// The least width and height of what is to be hit with a pointer. Source: WCAG 2.2, 2.5.8.
inline constexpr int kTarget = 24;

} // namespace halfopen
