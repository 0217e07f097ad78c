// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace halfopen {

/// Words that begin with a capital letter and end with the full stop of the window's language.
QString asSentence(QString words);

/// The same of several clauses, divided by semicolons.
QString asSentence(const QStringList& clauses);
/// One sentence behind another, as the language divides them: Chinese does not. Either may be empty.
QString inOneLine(const QString& first, const QString& second);
/// "Idle: 4 s", as the language divides a name from what it is of.
QString asPair(const QString& name, const QString& value);
/// "one, two, three", as the language lists them.
QString asList(const QStringList& parts);

} // namespace halfopen
