// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/filter_texts.h"

#include "core/query/filter_keys.h"
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
    const std::string lower = shown.toLower().toStdString();
    if (!lower.empty() && lower.find(' ') == std::string::npos && lower != word)
        aliases.push_back({lower, std::string(word)});
}

/// Words of one kind that a cell shows, with the language's for them.
template <class Enum>
void addAll(std::vector<FilterNames::Alias>& aliases, std::size_t count, QString (*label)(Enum)) {
    for (std::size_t index = 0; index < count; ++index)
        add(aliases, label(static_cast<Enum>(index)), toString(static_cast<Enum>(index)));
}

/// The titles of the table's columns (context "Columns") are names of keys.
void addKeys(FilterNames& names) {
    static constexpr std::pair<const char*, const char*> kTitledKeys[] = {{"Diagnosis", "diagnosis"},
                                                                          {"State", "state"},
                                                                          {"Local", "src"},
                                                                          {"Remote", "dst"},
                                                                          {"Process", "process"},
                                                                          {"Keepalive", "keepalive"},
                                                                          {"Timer", "timer"},
                                                                          {"Next probe", "next-probe"},
                                                                          {"Gives up", "gives-up"},
                                                                          {"Unanswered", "unanswered"},
                                                                          {"Idle", "idle"},
                                                                          {"RTT", "rtt"},
                                                                          {"Retransmits", "retransmits"},
                                                                          {"User", "user"},
                                                                          {"Interface", "interface"}};
    for (const auto& [title, key] : kTitledKeys)
        add(names.keys, QCoreApplication::translate("Columns", title), key);
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
    addAll<Diagnosis>(names.words, kDiagnosisCount, diagnosisLabel);
    addAll<GiveUpCause>(names.words, filter::wordsOf(filter::MaskKey::GivesUp).size() - 1, causeLabel);
    addAll<NextEvent>(names.words, filter::wordsOf(filter::MaskKey::Next).size(), nextEventLabel);
    addAll<TimerKind>(names.words, filter::wordsOf(filter::MaskKey::Timer).size(), timerLabel);
    addAll<OwnerUnknown>(names.words, static_cast<std::size_t>(OwnerUnknown::ProcHidden) + 1, ownerUnknownLabel);
    for (const char* word : {"on", "off", "never"})
        add(names.words, QCoreApplication::translate("Cells", word), word);
    addKeys(names);
    return names;
}

} // namespace halfopen
