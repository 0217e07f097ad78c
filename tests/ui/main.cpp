// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <cstdlib>

/// Runs without a display, in English, and with settings of its own.
int main(int argc, char** argv) {
    setenv("QT_QPA_PLATFORM", "offscreen", 0);
    testing::InitGoogleTest(&argc, argv);
    const QTemporaryDir home;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, home.path());
    const QApplication app(argc, argv);
    QApplication::setStyle(QStringLiteral("fusion")); // of one that is set before it, nobody is the owner
    QApplication::setOrganizationName(QStringLiteral("halfopen-test"));
    QApplication::setApplicationName(QStringLiteral("halfopen-test"));
    QLocale::setDefault(QLocale::c());
    return RUN_ALL_TESTS();
}
