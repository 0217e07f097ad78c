// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/look/appearance.h"
#include "ui/parts/details_splitter.h"

#include <QAction>
#include <QActionGroup>

#include <array>

class QMenu;
class QMenuBar;

namespace halfopen {

/// Everything that the menus and keys of the window can do, by name; who owns a verb connects to it.
struct WindowActions {
    /// @param owner  becomes the parent of all actions
    explicit WindowActions(QObject* owner);

    /// Fills a menu bar with File, Edit, View and Help.
    void addTo(QMenuBar& bar);
    QAction* of(Appearance appearance) const { return appearances[static_cast<std::size_t>(appearance)]; }
    QAction* of(DetailsSide side) const { return sides[static_cast<std::size_t>(side)]; }

    QMenu* view = nullptr; ///< once addTo() has made it: pages and columns find their place there, too
    QAction* openRecording;
    QAction* openLaboratory;
    QAction* openMachine; ///< back from a recording
    QAction* quit;
    QAction* copy;
    QAction* selectAll;
    QAction* find;
    QAction* pause; ///< checkable
    QAction* sampleNow;
    QAction* details; ///< checkable
    QAction* largerText;
    QAction* smallerText;
    QAction* usualText;
    QAction* fullScreen; ///< checkable
    QAction* growDetails;
    QAction* shrinkDetails;
    std::array<QAction*, kAppearances.size()> appearances{}; ///< exclusive, in the order of Appearance
    std::array<QAction*, kDetailsSides.size()> sides{};      ///< exclusive, in the order of DetailsSide
    QAction* preferences;
    QAction* legend;
    QAction* shortcuts;
    QAction* about;
};

} // namespace halfopen
