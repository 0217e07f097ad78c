// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/process_unit.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace halfopen {

/// What a .desktop file tells of an application.
struct DesktopEntry {
    QString name;    ///< for a person, in the first of the languages asked for that it has
    QString command; ///< file name of the program that it starts; "" where that is an interpreter or a launcher
    QString icon;    ///< a name in the icon theme, or a path; may be empty

    bool operator==(const DesktopEntry&) const = default;
};

/// @param text       of the file
/// @param languages  as in Name[zh_CN], best first: {"zh_CN", "zh"}
/// @return nullopt where it is no application, is hidden (deleted), or has no name
/// Pure. Source: the Desktop Entry Specification 1.5.
std::optional<DesktopEntry> parseDesktopEntry(const QByteArray& text, const QStringList& languages);

/// Which desktop files the unit of a user's process may be of, by their ids ("org.mozilla.firefox"), likeliest first;
/// empty for a unit that is no application's.
/// Pure. Sources: systemd, docs/DESKTOP_ENVIRONMENTS.md (app[-LAUNCHER]-ID[@RANDOM].service,
/// app[-LAUNCHER]-ID-RANDOM.scope); snapd, cgroup names (snap.SNAP.APP-RANDOM.scope) and desktop files
/// (SNAP_APP.desktop).
QStringList desktopIdsOf(const ProcessUnit& unit);

} // namespace halfopen
