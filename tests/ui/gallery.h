// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QLocale>
#include <QSettings>
#include <QTemporaryDir>
#include <QTranslator>
#include <QWidget>

namespace halfopen::test {

/// Where a gallery puts its pictures, and in which language.
struct Gallery {
    QString directory;
    QString language;
};

/// main() of a gallery, called as `PROGRAM DIRECTORY [LANGUAGE]`: an application in Fusion's style with settings of its
/// own and the language asked for (else English) calls `render(const Gallery&)` once. @return the exit status
template <class Render>
int runGallery(int argc, char** argv, Render render) {
    QApplication::setStyle(QStringLiteral("fusion"));
    const QApplication app(argc, argv);
    const QTemporaryDir home;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, home.path());
    const auto arguments = QApplication::arguments();
    if (arguments.size() < 2)
        return 2;
    const Gallery gallery{arguments.at(1), arguments.size() > 2 ? arguments.at(2) : QStringLiteral("en")};
    QLocale::setDefault(QLocale(gallery.language));
    QTranslator translator;
    if (translator.load(QStringLiteral(":/i18n/halfopen_") + gallery.language))
        QApplication::installTranslator(&translator);
    render(gallery);
    return 0;
}

/// Lets what was changed be laid out and painted, then takes the picture.
inline void takePicture(QWidget& widget, const QString& file) {
    QApplication::processEvents();
    QApplication::processEvents();
    widget.grab().save(file);
}

} // namespace halfopen::test
