// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/filter_texts.h"

#include "core/query/filter_keys.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"

#include <QCoreApplication>
#include <QFile>

#include <string>
#include <utility>

namespace halfopen {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Filters)
};

QString whatIsWrong(const FilterError& error) {
    const QString word = fromCore(error.word);
    switch (error.problem) {
    case FilterProblem::MissingValue:
        return Texts::tr("a value is missing after %1").arg(word);
    case FilterProblem::MissingPort:
        return Texts::tr("a port is missing after %1").arg(word);
    case FilterProblem::MissingAddress:
        return Texts::tr("an address is missing after %1").arg(word);
    case FilterProblem::MissingState:
        return Texts::tr("a state is missing after %1").arg(word);
    case FilterProblem::MissingDuration:
        return Texts::tr("a duration is missing after %1").arg(word);
    case FilterProblem::MissingNumber:
        return Texts::tr("a number is missing after %1").arg(word);
    case FilterProblem::MissingCondition:
        return Texts::tr("a condition is missing after %1").arg(word);
    case FilterProblem::Unexpected:
        return Texts::tr("%1 cannot stand here").arg(word);
    case FilterProblem::NotClosed:
        return Texts::tr("this parenthesis is not closed");
    case FilterProblem::NotOpened:
        return Texts::tr("this parenthesis closes none");
    case FilterProblem::QuoteNotClosed:
        return Texts::tr("this quotation mark has no second one");
    case FilterProblem::UnknownKey:
        return Texts::tr("there is no key \"%1\"").arg(word);
    case FilterProblem::NoSuchOption:
        return Texts::tr("\"%1\" is none of its words").arg(word);
    case FilterProblem::NotAPort:
        return Texts::tr("\"%1\" is no port and no service").arg(word);
    case FilterProblem::PortTooLarge:
        return Texts::tr("%1 is no port: ports end at 65535").arg(word);
    case FilterProblem::NotAnAddress:
        return Texts::tr("\"%1\" is no address").arg(word);
    case FilterProblem::NotAPrefixLength:
        return Texts::tr("\"%1\" is no length of a prefix of this address").arg(word);
    case FilterProblem::NotANumber:
        return Texts::tr("\"%1\" is no number").arg(word);
    case FilterProblem::NotADuration:
        return Texts::tr("\"%1\" is no duration").arg(word);
    case FilterProblem::NotASize:
        return Texts::tr("\"%1\" is no number of bytes").arg(word);
    case FilterProblem::NotACookie:
        return Texts::tr("\"%1\" is no socket cookie in hex").arg(word);
    case FilterProblem::NotAMark:
        return Texts::tr("\"%1\" is no mark").arg(word);
    case FilterProblem::WrongOperator:
        return Texts::tr("%1 has no greater and no less").arg(word);
    case FilterProblem::OtherFamily:
        return Texts::tr("sockets of the family %1 are not shown here, only TCP").arg(word);
    case FilterProblem::UnknownHost:
        return Texts::tr("\"%1\" is no address and no known host").arg(word);
    case FilterProblem::NoSuchGroup:
        return Texts::tr("there is no control group \"%1\"").arg(word);
    case FilterProblem::TooDeep:
        return Texts::tr("too many parentheses are open");
    case FilterProblem::TooLong:
        return Texts::tr("the filter is too long");
    }
    return {};
}

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
    static constexpr std::pair<const char*, const char*> kKeys[] = {{"Diagnosis", "diagnosis"},
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
    for (const auto& [title, key] : kKeys)
        add(names.keys, QCoreApplication::translate("Columns", title), key);
}

} // namespace

QString filterErrorText(const FilterError& error, const QString& text) {
    const auto before = text.toUtf8().left(static_cast<qsizetype>(error.from));
    QString sentence = whatIsWrong(error);
    if (!error.expected.empty())
        sentence = Texts::tr("%1, for example  %2", "what is wrong in a filter, a right one")
                       .arg(sentence, fromCore(error.expected));
    if (!error.suggestion.empty())
        sentence = Texts::tr("%1; did you mean %2?").arg(sentence, fromCore(error.suggestion));
    return Texts::tr("Position %1: %2", "in a filter; what is wrong there")
        .arg(QString::fromUtf8(before).size() + 1)
        .arg(sentence);
}

QString filterHintText(const FilterHint& hint) {
    const QString word = fromCore(hint.word);
    if (hint.meant.empty())
        return Texts::tr("No connection has \"%1\" anywhere.").arg(word);
    const QString meant = hint.whatItIs.empty()
                              ? fromCore(hint.meant)
                              : QStringLiteral("%1 (%2)").arg(fromCore(hint.meant), fromCore(hint.whatItIs));
    return Texts::tr("No connection has \"%1\" anywhere; did you mean %2?").arg(word, meant);
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
