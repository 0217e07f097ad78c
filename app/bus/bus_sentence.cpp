// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bus/bus_sentence.h"

#include <QStringList>

#include <algorithm>
#include <optional>
#include <vector>

namespace halfopen {
namespace {

constexpr QChar kGap(0x1f);
constexpr int kDeepest = 8;           ///< sentences within sentences
constexpr qsizetype kMostParts = 100; ///< whatever says more is not believed

/// Nothing of it divides parts, or lines.
QString oneLine(const std::string& text) {
    QString line = QString::fromStdString(text);
    std::replace_if(
        line.begin(), line.end(), [](QChar c) { return c.unicode() < 0x20; }, QLatin1Char(' '));
    return line;
}

void append(QStringList& parts, const Sentence& sentence);

void append(QStringList& parts, const Sentence::Argument& argument) {
    struct Visitor {
        QStringList& parts;
        void operator()(const std::string& text) const { parts << QLatin1Char('t') + oneLine(text); }
        void operator()(std::int64_t number) const { parts << QLatin1Char('n') + QString::number(number); }
        void operator()(Errno error) const { parts << QLatin1Char('e') + QString::number(error.value); }
        void operator()(const Sentence& sentence) const { append(parts, sentence); }
    };
    std::visit(Visitor{parts}, argument.value);
}

void append(QStringList& parts, const Sentence& sentence) {
    parts << QLatin1Char('s') + oneLine(sentence.english());
    for (const auto& argument : sentence.arguments())
        append(parts, argument);
}

/// How many arguments follow: the highest place, and those below it.
int placesOf(const QString& english) {
    int places = 0;
    for (qsizetype at = 0; at + 2 < english.size(); ++at)
        if (english[at] == QLatin1Char('{') && english[at + 1].isDigit() && english[at + 2] == QLatin1Char('}'))
            places = std::max(places, english[at + 1].digitValue() + 1);
    return places;
}

std::optional<Sentence> takeSentence(QStringList& parts, int depth);

std::optional<Sentence::Argument> takeArgument(QStringList& parts, int depth) {
    if (parts.isEmpty())
        return std::nullopt;
    if (parts.constFirst().startsWith(QLatin1Char('s')))
        return takeSentence(parts, depth + 1);
    const QString part = parts.takeFirst();
    const QString value = part.mid(1);
    if (part.startsWith(QLatin1Char('t')))
        return value.toStdString();
    bool isNumber = false;
    const qlonglong number = value.toLongLong(&isNumber);
    if (isNumber && part.startsWith(QLatin1Char('n')))
        return number;
    if (isNumber && part.startsWith(QLatin1Char('e')))
        return Errno{static_cast<int>(number)};
    return std::nullopt;
}

std::optional<Sentence> takeSentence(QStringList& parts, int depth) {
    if (depth > kDeepest || parts.isEmpty() || !parts.constFirst().startsWith(QLatin1Char('s')))
        return std::nullopt;
    const QString english = parts.takeFirst().mid(1);
    std::vector<Sentence::Argument> arguments;
    for (int place = 0; place < placesOf(english); ++place) {
        auto argument = takeArgument(parts, depth);
        if (!argument)
            return std::nullopt;
        arguments.push_back(*std::move(argument));
    }
    return Sentence::received(english.toStdString(), std::move(arguments));
}

} // namespace

QString partsOf(const Sentence& sentence) {
    if (sentence.arguments().empty())
        return {};
    QStringList parts;
    append(parts, sentence);
    return parts.join(kGap);
}

Sentence sentenceFrom(const QString& english, const QString& parts) {
    QStringList left = parts.split(kGap);
    if (left.size() <= kMostParts)
        if (auto sentence = takeSentence(left, 0); sentence && left.isEmpty())
            return *std::move(sentence);
    return Sentence::received(english.toStdString(), {});
}

} // namespace halfopen
