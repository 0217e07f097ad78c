// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/programs/desktop_programs.h"

#include "ui/look/in_background.h"

#include <QDirIterator>
#include <QFile>
#include <QLocale>
#include <QSet>
#include <QStandardPaths>
#include <QTimer>

#include <utility>

namespace halfopen {

namespace {

// A slice is a fraction of a millisecond where the files are cached.
constexpr int kFilesAtOnce = 8;
// A desktop file is some KiB long, with all its translations some 30.
constexpr qint64 kMostBytes = 256 * 1024;
// TASK_COMM_LEN - 1: a process's name is cut there.
constexpr int kCommandLength = 15;

QStringList languagesOf(const QLocale& locale) {
    const auto name = locale.name(); // "zh_CN"
    return {name, name.section(QLatin1Char('_'), 0, 0)};
}

QIcon iconOf(const QString& name) {
    if (name.isEmpty())
        return {};
    return name.startsWith(QLatin1Char('/')) ? QIcon(name) : QIcon::fromTheme(name);
}

/// What cannot be read introduces nobody.
std::optional<DesktopEntry> read(const QString& path, const QStringList& languages) {
    QFile device(path);
    return device.open(QIODevice::ReadOnly) ? parseDesktopEntry(device.read(kMostBytes), languages) : std::nullopt;
}

/// The first folder that has an id counts.
std::vector<DesktopFile> readAll(const QStringList& folders, const QStringList& languages) {
    QSet<QString> known;
    std::vector<DesktopFile> all;
    for (const QString& folder : folders) {
        QDirIterator files(folder, {QStringLiteral("*.desktop")}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const auto path = files.next();
            auto id = path.mid(folder.size() + 1).chopped(8).replace(QLatin1Char('/'), QLatin1Char('-'));
            if (known.contains(id))
                continue;
            known.insert(id);
            if (auto entry = read(path, languages))
                all.push_back({std::move(id), std::move(*entry)});
        }
    }
    return all;
}

} // namespace

DesktopPrograms::DesktopPrograms(QObject* parent)
    : QObject(parent) {}

QStringList DesktopPrograms::defaultFolders() {
    return QStandardPaths::standardLocations(QStandardPaths::ApplicationsLocation);
}

void DesktopPrograms::load(const QStringList& folders) {
    const auto languages = languagesOf(QLocale());
    inBackground(
        this, [folders, languages] { return readAll(folders, languages); },
        [this](const std::vector<DesktopFile>& files) {
            m_files.assign(files.rbegin(), files.rend());
            takeUpSome();
        });
}

/// Icons are looked for in the theme, which the GUI thread alone may ask.
void DesktopPrograms::takeUpSome() {
    for (int i = 0; i < kFilesAtOnce && !m_files.empty(); ++i) {
        takeUp(m_files.back());
        m_files.pop_back();
    }
    if (m_files.empty())
        Q_EMIT loaded();
    else
        QTimer::singleShot(0, this, &DesktopPrograms::takeUpSome);
}

void DesktopPrograms::takeUp(const DesktopFile& file) {
    const DesktopEntry& entry = file.entry;
    const std::size_t index = m_programs.size();
    m_programs.push_back({entry.name, iconOf(entry.icon)});
    m_haveIcons = m_haveIcons || !m_programs.back().icon.isNull();
    m_byId.insert(file.id, index);
    if (entry.command.isEmpty())
        return;
    const auto command = entry.command.left(kCommandLength);
    const auto other = m_byCommand.constFind(command);
    const bool alone = other == m_byCommand.constEnd() ||
                       (*other && m_programs[**other].name == entry.name); // the same, once for each desktop
    m_byCommand.insert(command, alone ? std::optional(index) : std::nullopt);
}

const DesktopProgram* DesktopPrograms::of(const Owner& owner) const {
    if (m_programs.empty())
        return nullptr;
    if (owner.unit) {
        for (const QString& id : desktopIdsOf(*owner.unit)) {
            if (const auto found = m_byId.constFind(id); found != m_byId.constEnd())
                return &m_programs[*found];
        }
    }
    const auto found = m_byCommand.constFind(QString::fromStdString(owner.name));
    return found != m_byCommand.constEnd() && *found ? &m_programs[**found] : nullptr;
}

} // namespace halfopen
