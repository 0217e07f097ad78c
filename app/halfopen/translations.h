// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QCoreApplication;

namespace halfopen {

/// Gives the application its language: Halfopen's own words and Qt's. English where there is no translation.
/// @param language  "zh_CN"; "": what the environment (LANGUAGE, LC_ALL, LC_MESSAGES, LANG) asks for
void installTranslations(QCoreApplication& app, const QString& language);

} // namespace halfopen
