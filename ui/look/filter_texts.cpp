// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/filter_texts.h"

#include "core/query/filter_keys.h"
#include "core/query/shown_words.h"
#include "ui/look/strings.h"
#include "ui/look/translated.h"

#include <QCoreApplication>
#include <QFile>

#include <string>
#include <utility>

namespace halfopen {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Filters)
};

void add(std::vector<FilterNames::Alias>& aliases, const QString& shown, std::string_view word) {
    addShownWord(aliases, shown.toLower().toStdString(), word);
}

/// Words of one kind that a cell shows, with the language's for them.
template <class Enum>
void addAll(std::vector<FilterNames::Alias>& aliases, std::size_t count, QString (*label)(Enum)) {
    for (std::size_t index = 0; index < count; ++index)
        add(aliases, label(static_cast<Enum>(index)), toString(static_cast<Enum>(index)));
}

} // namespace

QString filterErrorText(const FilterError& error, const QString& text) {
    return Texts::tr("Position %1: %2", "in a filter; what is wrong there")
        .arg(positionOf(text.toStdString(), error.from))
        .arg(translated(sentenceOf(error)));
}

FilterNames screenNames() {
    FilterNames names;
    if (QFile file(QStringLiteral("/etc/services")); file.open(QIODevice::ReadOnly))
        names.services.addFile(file.readAll().toStdString());
    addShownWords(names, [](const std::string& english) {
        return QCoreApplication::translate("Core", english.c_str()).toStdString();
    });
    // Cells of the window are shorter.
    addAll<GiveUpCause>(names.words, filter::wordsOf(filter::MaskKey::GivesUp).size() - 1, causeLabel);
    addAll<NextEvent>(names.words, filter::wordsOf(filter::MaskKey::Next).size(), nextEventLabel);
    addAll<TimerKind>(names.words, filter::wordsOf(filter::MaskKey::Timer).size(), timerLabel);
    return names;
}

} // namespace halfopen
