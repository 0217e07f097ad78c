// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/sentence.h"

#include <QCoreApplication>

namespace halfopen {

namespace {

struct Sentence {
    Q_DECLARE_TR_FUNCTIONS(Sentence)
};

} // namespace

QString asSentence(QString words) {
    if (!words.isEmpty())
        words[0] = words[0].toUpper();
    return Sentence::tr("%1.", "a sentence").arg(words);
}

QString inOneLine(const QString& first, const QString& second) {
    if (first.isEmpty() || second.isEmpty())
        return first + second;
    return Sentence::tr("%1 %2", "two sentences").arg(first, second);
}

QString asPair(const QString& name, const QString& value) {
    return Sentence::tr("%1: %2", "a name, its value").arg(name, value);
}

QString asList(const QStringList& parts) {
    return parts.join(Sentence::tr(", ", "between parts of a list"));
}

QString asSentence(const QStringList& clauses) {
    QString words = clauses.isEmpty() ? QString() : clauses.constFirst();
    for (int i = 1; i < clauses.size(); ++i)
        words = Sentence::tr("%1; %2", "two clauses").arg(words, clauses[i]);
    return asSentence(words);
}

} // namespace halfopen
