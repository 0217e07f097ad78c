// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/package/document_facts.h"

#include <QRegularExpression>

#include <algorithm>

namespace halfopen::test {
namespace {

const QString kFence = QStringLiteral("```");

QStringList captured(const QString& text, const QString& pattern) {
    const QRegularExpression expression(pattern);
    QStringList found;
    for (auto matches = expression.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        found.append(match.captured(match.lastCapturedIndex()));
    }
    return found;
}

QStringList once(QStringList words) {
    std::sort(words.begin(), words.end());
    words.removeDuplicates();
    return words;
}

bool isLatin(QChar letter) {
    return letter.unicode() < 128 && letter.isLetterOrNumber();
}

/// Facts that are written alike in every text.
Facts commonFacts(const QString& text) {
    return {
        {QStringLiteral("options"), once(captured(text, QStringLiteral("(?<![\\w-])--?[a-z][a-z-]*")))},
        {QStringLiteral("numbers"), once(captured(text, QStringLiteral("\\d+(?:[.,]\\d+)*")))},
        {QStringLiteral("paths"), once(captured(text, QStringLiteral("(?<![\\w$~.:/-])[$~\\w.-]*/[\\w./-]*\\w")))},
        {QStringLiteral("names"),
         once(captured(text, QStringLiteral("\\b(E[A-Z]{4,}|SIG[A-Z]+|[A-Za-z0-9]+_\\w+|[a-z]+(?:\\.\\w+){2,})\\b")))},
    };
}

/// The lines between fences and, without what is said of them, those of code that is indented.
QStringList codeOfMarkdown(const QStringList& lines) {
    static const QRegularExpression kBeside(QStringLiteral("\\s{2,}"));
    QStringList code;
    bool fenced = false;
    for (const auto& line : lines) {
        if (line.startsWith(kFence))
            fenced = !fenced;
        const bool indented = line.startsWith(QLatin1String("    "));
        if (fenced || line.startsWith(kFence))
            code.append(line);
        else if (indented && line.at(std::min<qsizetype>(8, line.size() - 1)).isSpace() &&
                 !line.contains(QLatin1Char('/')))
            continue; // what is said goes on
        else if (indented)
            code.append(line.trimmed().split(kBeside).first());
    }
    return code;
}

/// Of each row of a table, how many cells it has, and the numbers in it, in the order of their digits.
QStringList rowsOf(const QStringList& lines) {
    QStringList rows;
    for (const auto& line : lines) {
        if (!line.startsWith(QLatin1Char('|')))
            continue;
        auto numbers = captured(line, QStringLiteral("\\d+(?:[.,]\\d+)*"));
        std::sort(numbers.begin(), numbers.end());
        rows.append(
            QStringLiteral("%1 cells: %2").arg(line.count(QStringLiteral(" |"))).arg(numbers.join(QLatin1Char(' '))));
    }
    return rows;
}

} // namespace

std::vector<Section> sectionsOf(const QString& text) {
    static const QRegularExpression kHeading(QStringLiteral("^(#+) (.*)$"));
    std::vector<Section> sections(1);
    bool fenced = false;
    for (const auto& line : text.split(QLatin1Char('\n'))) {
        if (line.startsWith(kFence))
            fenced = !fenced;
        const auto heading = kHeading.match(line);
        if (!fenced && heading.hasMatch())
            sections.push_back({static_cast<int>(heading.captured(1).size()), heading.captured(2), {}});
        else
            sections.back().lines.append(line);
    }
    return sections;
}

QStringList markedWords(const QString& text) {
    QStringList words;
    QChar open;
    QString word;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        const bool literal = c == QLatin1Char('\\') && i + 1 < text.size();
        const bool inner = c == QLatin1Char('_') && i > 0 && isLatin(text.at(i - 1)) &&
                           (open.isNull() || (i + 1 < text.size() && isLatin(text.at(i + 1))));
        const bool mark = !inner && (c == QLatin1Char('*') || c == QLatin1Char('_')) && (open.isNull() || c == open);
        if (mark && !open.isNull())
            words.append(word);
        if (mark) {
            open = open.isNull() ? c : QChar();
            word.clear();
        } else {
            word += literal ? text.at(++i) : c;
        }
    }
    return words;
}

Facts factsOfManual(const Section& section) {
    Facts facts = commonFacts(section.lines.join(QLatin1Char('\n')));
    QString prose;
    QStringList terms;
    QStringList code;
    bool fenced = false;
    for (qsizetype i = 0; i < section.lines.size(); ++i) {
        const auto& line = section.lines.at(i);
        if (line.startsWith(kFence))
            fenced = !fenced;
        const bool isTerm = i + 1 < section.lines.size() && section.lines.at(i + 1).startsWith(QLatin1Char('\t'));
        const QString words = line.trimmed();
        if (fenced ||
            (words.startsWith(QLatin1String("halfopenctl ")) && !words.startsWith(QLatin1String("halfopenctl - "))))
            code.append(line);
        else if (line.endsWith(QLatin1String("++")) ||
                 (isTerm && !line.isEmpty() && !line.startsWith(QLatin1Char('\t'))))
            terms.append(line);
        if (!fenced)
            prose += words + QLatin1Char(' ');
    }
    facts[QStringLiteral("marked words")] = once(markedWords(prose));
    facts[QStringLiteral("terms")] = terms;
    facts[QStringLiteral("code")] = code;
    return facts;
}

Facts factsOfMarkdown(const Section& section) {
    const QString text = section.lines.join(QLatin1Char('\n'));
    Facts facts = commonFacts(text);
    facts[QStringLiteral("code")] = codeOfMarkdown(section.lines);
    facts[QStringLiteral("folders")] = captured(text, QStringLiteral("(?<![\\w/.])([a-z]+/)(?= )"));
    facts[QStringLiteral("words as code")] = once(captured(text, QStringLiteral("(?<!`)`([^`\n]+)`(?!`)")));
    facts[QStringLiteral("links")] = once(captured(text, QStringLiteral("\\]\\(([^)]+)\\)")));
    facts[QStringLiteral("rows")] = rowsOf(section.lines);
    return facts;
}

} // namespace halfopen::test
