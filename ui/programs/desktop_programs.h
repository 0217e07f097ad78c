// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/owner.h"
#include "ui/programs/desktop_entry.h"

#include <QHash>
#include <QIcon>
#include <QObject>
#include <QStringList>

#include <optional>
#include <vector>

namespace halfopen {

/// An application as its .desktop file introduces it.
struct DesktopProgram {
    QString name; ///< "Firefox Web Browser", in the person's language
    QIcon icon;   ///< null where the theme has none
};

/// One .desktop file as it was read.
struct DesktopFile {
    QString id; ///< its path below its folder with "-" for "/", without its suffix
    DesktopEntry entry;
};

/// The applications that are installed for this person, to be found by the processes that hold sockets: by the unit
/// that the desktop has started a process in, which names the application, else by the name of the program, where only
/// one application starts it. GUI thread.
class DesktopPrograms final : public QObject {
    Q_OBJECT

public:
    explicit DesktopPrograms(QObject* parent = nullptr);

    /// $XDG_DATA_HOME/applications and those of $XDG_DATA_DIRS, the first before the later.
    static QStringList defaultFolders();

    /// Begins to read, on another thread, and takes up what was read, a few at a time between two events; loaded() when
    /// done. To be called once.
    void load(const QStringList& folders);
    /// nullptr where none matches, or none is read yet. Good until the next call of load().
    const DesktopProgram* of(const Owner& owner) const;
    /// At least one application has an icon.
    bool haveIcons() const { return m_haveIcons; }

Q_SIGNALS:
    void loaded();

private:
    void takeUpSome();
    void takeUp(const DesktopFile& file);

    std::vector<DesktopFile> m_files; ///< still to be taken up, the first last
    std::vector<DesktopProgram> m_programs;
    bool m_haveIcons = false;
    QHash<QString, std::size_t> m_byId;
    QHash<QString, std::optional<std::size_t>> m_byCommand; ///< nullopt: several applications start it
};

} // namespace halfopen
