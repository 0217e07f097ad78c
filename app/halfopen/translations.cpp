// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace halfopen {

namespace {

void install(QCoreApplication& app, const QLocale& locale, const QString& name, const QString& folder) {
    auto* translator = new QTranslator(&app);
    if (translator->load(locale, name, QStringLiteral("_"), folder))
        QCoreApplication::installTranslator(translator);
    else
        delete translator;
}

} // namespace

void installTranslations(QCoreApplication& app, const QString& language) {
    const QLocale locale = language.isEmpty() ? QLocale::system() : QLocale(language);
    QLocale::setDefault(locale);
    install(app, locale, QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    // English has its plurals from a translation too, and stands below every other language.
    install(app, QLocale(QLocale::English), QStringLiteral("halfopen"), QStringLiteral(":/i18n"));
    install(app, locale, QStringLiteral("halfopen"), QStringLiteral(":/i18n"));
}

} // namespace halfopen
