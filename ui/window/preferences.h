// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

class QAction;
class QSettings;
class QWidget;

namespace halfopen {

/// What a person sets once. Each is a verb of the menus as well, and the dialog only another place for it.
struct Preferences {
    QList<QAction*> appearance;  ///< exclusive
    QList<QAction*> detailsSide; ///< exclusive
    QList<QAction*> keepHistory; ///< exclusive; how long ended connections are kept; disabled where nothing keeps them
    QAction* clearHistory = nullptr;
    QList<QAction*> switches; ///< each on or off
};

/// The language that was chosen, "zh_CN"; "": that of the system. It holds from the next start on.
QString chosenLanguage(const QSettings& settings);

/// Stays open beside the window; closes with it.
void showPreferences(QWidget* parent, const Preferences& preferences);

} // namespace halfopen
