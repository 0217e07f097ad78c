// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/programs/desktop_entry.h"

#include "ui/look/text.h"

#include <QFileInfo>
#include <QHash>
#include <QProcess>
#include <QSet>

namespace halfopen {

namespace {

using Keys = QHash<QString, QString>;

/// \s, \n, \t, \r and \\, as the specification has them.
QString unescaped(const QString& value) {
    QString text;
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (value[i] != QLatin1Char('\\') || i + 1 == value.size()) {
            text += value[i];
            continue;
        }
        const QChar next = value[++i];
        const bool isSpace = QStringLiteral("sntr").contains(next); // lines would only be in the way in a name
        text += isSpace ? QLatin1Char(' ') : next;
    }
    return text;
}

Keys keysOf(const QByteArray& text) {
    Keys keys;
    bool inEntry = false;
    for (const QByteArray& raw : text.split('\n')) {
        const auto line = QString::fromUtf8(raw).trimmed();
        if (line.startsWith(QLatin1Char('[')))
            inEntry = line == QLatin1String("[Desktop Entry]");
        const auto equals = line.indexOf(QLatin1Char('='));
        if (inEntry && equals > 0 && !line.startsWith(QLatin1Char('#')))
            keys.insert(line.left(equals).trimmed(), unescaped(line.mid(equals + 1).trimmed()));
    }
    return keys;
}

QString nameOf(const Keys& keys, const QStringList& languages) {
    for (const QString& language : languages) {
        const auto name = keys.value(QStringLiteral("Name[%1]").arg(language));
        if (!name.isEmpty())
            return name;
    }
    return keys.value(QStringLiteral("Name"));
}

/// A process of this name may be any program.
bool startsOthers(const QString& command) {
    static const QSet<QString> names{
        QStringLiteral("bash"),    QStringLiteral("bwrap"), QStringLiteral("dash"),    QStringLiteral("env"),
        QStringLiteral("flatpak"), QStringLiteral("gjs"),   QStringLiteral("java"),    QStringLiteral("mono"),
        QStringLiteral("node"),    QStringLiteral("perl"),  QStringLiteral("pkexec"),  QStringLiteral("python"),
        QStringLiteral("python3"), QStringLiteral("ruby"),  QStringLiteral("sh"),      QStringLiteral("snap"),
        QStringLiteral("sudo"),    QStringLiteral("wine"),  QStringLiteral("xdg-open")};
    return names.contains(command);
}

QString commandOf(const QString& exec) {
    auto words = QProcess::splitCommand(exec);
    if (!words.isEmpty() && QFileInfo(words.constFirst()).fileName() == QLatin1String("env")) {
        words.removeFirst();
        while (!words.isEmpty() && words.constFirst().contains(QLatin1Char('=')))
            words.removeFirst();
    }
    const auto command = words.isEmpty() ? QString() : QFileInfo(words.constFirst()).fileName();
    return startsOthers(command) ? QString() : command;
}

QString snapId(const QString& unit) {
    const auto parts = unit.split(QLatin1Char('.')); // snap.SNAP.APP-RANDOM
    if (parts.size() < 3)
        return {};
    return parts[1] + QLatin1Char('_') + parts[2].section(QLatin1Char('-'), 0, 0);
}

} // namespace

std::optional<DesktopEntry> parseDesktopEntry(const QByteArray& text, const QStringList& languages) {
    const auto keys = keysOf(text);
    const auto name = nameOf(keys, languages);
    if (keys.value(QStringLiteral("Type")) != QLatin1String("Application") || name.isEmpty() ||
        keys.value(QStringLiteral("Hidden")) == QLatin1String("true"))
        return std::nullopt;
    return DesktopEntry{fromCore(name.toStdString()), commandOf(keys.value(QStringLiteral("Exec"))),
                        keys.value(QStringLiteral("Icon"))};
}

QStringList desktopIdsOf(const ProcessUnit& unit) {
    const auto whole = QString::fromStdString(unit.unit);
    const auto dot = whole.lastIndexOf(QLatin1Char('.'));
    if (!unit.user || dot < 0)
        return {};
    const auto name = whole.left(dot);
    if (name.startsWith(QLatin1String("snap."))) {
        const auto id = snapId(name);
        return id.isEmpty() ? QStringList() : QStringList{id};
    }
    if (!name.startsWith(QLatin1String("app-")))
        return {};
    auto rest = name.mid(4);
    if (whole.endsWith(QLatin1String(".scope")))
        rest = rest.section(QLatin1Char('-'), 0, -2);
    else
        rest = rest.section(QLatin1Char('@'), 0, 0);
    QStringList ids;
    if (!rest.isEmpty())
        ids.append(rest);
    if (const auto launched = rest.section(QLatin1Char('-'), 1); !launched.isEmpty())
        ids.append(launched);
    return ids;
}

} // namespace halfopen
