// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/recent_recordings.h"

#include <QAction>
#include <QDir>
#include <QFileInfo>
#include <QMenu>
#include <QSettings>

#include <utility>

namespace halfopen {

namespace {

constexpr qsizetype kMost = 8;

QString settingRecent() {
    return QStringLiteral("window/recent_recordings");
}

QStringList recent() {
    return QSettings().value(settingRecent()).toStringList();
}

} // namespace

RecentRecordings::RecentRecordings(std::function<void(const QString& file)> open, QWidget* window)
    : QObject(window)
    , m_open(std::move(open))
    , m_menu(new QMenu(tr("Open Re&cent"), window)) {
    m_menu->setObjectName(QStringLiteral("recentRecordings"));
    m_menu->setToolTipsVisible(true);
    connect(m_menu, &QMenu::aboutToShow, this, &RecentRecordings::fill); // another window may have opened some
    fill();
}

void RecentRecordings::add(const QString& file) {
    const QString path = QFileInfo(file).absoluteFilePath();
    QStringList files = recent();
    files.removeAll(path);
    files.prepend(path);
    QSettings().setValue(settingRecent(), files.mid(0, kMost));
    fill();
}

void RecentRecordings::fill() {
    m_menu->clear();
    for (const QString& file : recent()) {
        QString name = QFileInfo(file).fileName();
        name.replace(QLatin1Char('&'), QStringLiteral("&&"));
        auto* action = m_menu->addAction(name, this, [this, file] {
            add(file);
            m_open(file);
        });
        action->setToolTip(QDir::toNativeSeparators(file));
    }
    m_menu->menuAction()->setEnabled(m_open && !m_menu->isEmpty());
}

} // namespace halfopen
