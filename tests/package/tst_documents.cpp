// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/package/document_facts.h"

#include <QFile>
#include <QRegularExpression>

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <utility>

namespace halfopen::test {
namespace {

/// A text and its Chinese, below the source's root.
struct Pair {
    const char* english;
    const char* chinese;
    bool manual;
};

void PrintTo(const Pair& pair, std::ostream* out) {
    *out << pair.chinese;
}

constexpr Pair kPairs[] = {
    {"README.md", "README.zh_CN.md", false},
    {"resources/man/halfopenctl.1.scd", "resources/man/zh_CN/halfopenctl.1.scd", true},
    {"resources/man/halfopen.1.scd", "resources/man/zh_CN/halfopen.1.scd", true},
    {"resources/man/halfopen-helper.8.scd", "resources/man/zh_CN/halfopen-helper.8.scd", true},
    {"resources/man/halfopen-exporter.8.scd", "resources/man/zh_CN/halfopen-exporter.8.scd", true},
};

/// What the window calls its own, which a manual page prints bold, and what it is in the Chinese window.
const QMap<QString, QString> kOfTheWindow{
    {QStringLiteral("Read Exactly"), QStringLiteral("精确读取")},
    {QStringLiteral("Change"), QStringLiteral("更改")},
    {QStringLiteral("Close"), QStringLiteral("关闭")},
};

QString read(const char* path) {
    QFile file(QStringLiteral(HALFOPEN_SOURCE_DIR "/") + QLatin1String(path));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path;
    auto text = QString::fromUtf8(file.readAll());
    // The line that leads to the other language.
    return text.remove(
        QRegularExpression(QStringLiteral("^.*English.* \\| .*简体中文.*$"), QRegularExpression::MultilineOption));
}

/// Marked words that are not the same in Chinese: headings of a manual page and words of the window.
QMap<QString, QString> translatedWords() {
    auto words = kOfTheWindow;
    for (const auto& pair : kPairs) {
        if (!pair.manual)
            continue;
        const auto english = sectionsOf(read(pair.english));
        const auto chinese = sectionsOf(read(pair.chinese));
        for (std::size_t i = 0; i < std::min(english.size(), chinese.size()); ++i)
            if (english[i].level == 1)
                words.insert(english[i].heading, chinese[i].heading);
    }
    return words;
}

/// The English facts as they have to be in Chinese; translated words are looked for in the text and taken out.
void takeOutTranslated(Facts& english, const Section& chinese, QStringList& differences) {
    static const auto kWords = translatedWords();
    QStringList& marked = english[QStringLiteral("marked words")];
    const QString text = chinese.lines.join(QLatin1Char('\n'));
    const auto kept = factsOfManual(chinese).value(QStringLiteral("marked words"));
    for (auto word = kWords.begin(); word != kWords.end(); ++word) {
        if (kept.contains(word.key())) // a placeholder, such as NAME
            continue;
        if (marked.removeAll(word.key()) > 0 && !text.contains(QStringLiteral("“%1”").arg(word.value())))
            differences.append(QStringLiteral("%1: nothing of %2 (%3)").arg(chinese.heading, word.value(), word.key()));
        english[QStringLiteral("names")].removeAll(word.key());
    }
}

void compareFacts(const Section& section, const Facts& english, const Facts& chinese, QStringList& differences) {
    for (auto kind = english.begin(); kind != english.end(); ++kind) {
        const QStringList other = chinese.value(kind.key());
        if (*kind == other)
            continue;
        QStringList only;
        for (const auto& fact : *kind)
            if (!other.contains(fact))
                only.append(QStringLiteral("English alone has '%1'").arg(fact));
        for (const auto& fact : other)
            if (!kind->contains(fact))
                only.append(QStringLiteral("Chinese alone has '%1'").arg(fact));
        if (only.isEmpty())
            only.append(QStringLiteral("not in the same order, or not as often"));
        differences.append(
            QStringLiteral("%1, %2: %3").arg(section.heading, kind.key(), only.join(QStringLiteral("; "))));
    }
}

/// What one of the two says and the other does not; empty where they say the same.
QStringList differencesOf(const QString& english, const QString& chinese, bool manual) {
    const auto ours = sectionsOf(english);
    const auto theirs = sectionsOf(chinese);
    QStringList differences;
    for (std::size_t i = 0; i < std::max(ours.size(), theirs.size()); ++i) {
        const Section& one = i < ours.size() ? ours[i] : Section{};
        const Section& other = i < theirs.size() ? theirs[i] : Section{};
        if (one.level != other.level)
            return differences << QStringLiteral("section %1 is '%2' and '%3', of levels %4 and %5")
                                      .arg(i)
                                      .arg(one.heading, other.heading)
                                      .arg(one.level)
                                      .arg(other.level);
        Facts facts = manual ? factsOfManual(one) : factsOfMarkdown(one);
        if (manual)
            takeOutTranslated(facts, other, differences);
        compareFacts(one, facts, manual ? factsOfManual(other) : factsOfMarkdown(other), differences);
    }
    return differences;
}

class Documents : public testing::TestWithParam<Pair> {};

TEST_P(Documents, sayTheSameInBothLanguages) {
    const auto english = read(GetParam().english);
    EXPECT_GT(sectionsOf(english).size(), 5U) << "nothing to compare";
    for (const auto& difference : differencesOf(english, read(GetParam().chinese), GetParam().manual))
        ADD_FAILURE() << GetParam().chinese << ": " << difference.toStdString();
}

/// Each of these, done to one language alone, is noticed, whichever it is.
TEST_P(Documents, whatChangesInOneAloneIsNoticed) {
    const bool manual = GetParam().manual;
    const std::pair<QString, QString> changes[] = {
        {QStringLiteral("\n\n## "), QStringLiteral("\n\n*--new-option*\n\tX.\n\n## ")},
        {QStringLiteral("\n\n# "), QStringLiteral("\n\n*--new-option*\n\tX.\n\n# ")},
        {QStringLiteral("\n\n# "), QStringLiteral("\n\n## new\n\nX.\n\n# ")},
        {QStringLiteral(" 10 "), QStringLiteral(" 11 ")},
        {QStringLiteral("| 124 "), QStringLiteral("| 125 ")},
        {QStringLiteral("6.18"), QStringLiteral("6.19")},
        {QStringLiteral("0.278"), QStringLiteral("0.279")},
        {QStringLiteral("_1h30m_"), QStringLiteral("_1h31m_")},
        {QStringLiteral("    halfopenctl watch "), QStringLiteral("    halfopenctl look ")},
        {QStringLiteral("sudo systemctl enable"), QStringLiteral("sudo systemctl start")},
        {QStringLiteral("\thalfopenctl list unguarded"), QStringLiteral("\thalfopenctl list suspect")},
        {QStringLiteral("/etc/"), QStringLiteral("/usr/etc/")},
        {QStringLiteral("*5*\n"), QStringLiteral("*7*\n")},
        {QStringLiteral("*NO_COLOR*"), QStringLiteral("*NO_COLOUR*")},
        {QStringLiteral("CAP_NET_ADMIN"), QStringLiteral("CAP_NET_RAW")},
        {QStringLiteral("ECONNABORTED"), QStringLiteral("ETIMEDOUT")},
        {QStringLiteral("*unit*"), QStringLiteral("*slice*")},
        {QStringLiteral("    ui/ "), QStringLiteral("    gui/ ")},
    };
    const auto english = read(GetParam().english);
    const auto chinese = read(GetParam().chinese);
    int applied = 0;
    for (const auto& [from, to] : changes) {
        auto changedEnglish = english;
        auto changedChinese = chinese;
        if (!english.contains(from) || !chinese.contains(from))
            continue;
        ++applied;
        changedEnglish.replace(from, to);
        changedChinese.replace(from, to);
        EXPECT_FALSE(differencesOf(changedEnglish, chinese, manual).isEmpty()) << "English: " << from.toStdString();
        EXPECT_FALSE(differencesOf(english, changedChinese, manual).isEmpty()) << "Chinese: " << from.toStdString();
    }
    EXPECT_GT(applied, 1);
}

/// Prose alone: code has its own signs and columns.
QStringList proseOf(const QString& text) {
    QStringList prose;
    bool fenced = false;
    for (const auto& line : text.split(QLatin1Char('\n'))) {
        fenced = fenced != line.startsWith(QLatin1String("```"));
        if (!fenced && !line.startsWith(QLatin1String("    ")))
            prose.append(line);
    }
    return prose;
}

TEST_P(Documents, chineseIsSetAsChineseIs) {
    const QRegularExpression stop(QStringLiteral("[\\x{4e00}-\\x{9fff}][.,:;!?()]"));
    const QRegularExpression gap(
        QStringLiteral("[\\x{4e00}-\\x{9fff}，。：；、（）] +[\\x{4e00}-\\x{9fff}，。：；、（）]"));
    const QRegularExpression tight(
        QStringLiteral("[\\x{4e00}-\\x{9fff}][A-Za-z0-9`]|[A-Za-z0-9`][\\x{4e00}-\\x{9fff}]"));
    for (const auto& line : proseOf(read(GetParam().chinese))) {
        EXPECT_FALSE(line.contains(stop)) << "a full stop or comma of another script: " << line.toStdString();
        EXPECT_FALSE(line.contains(gap)) << "a space between two words: " << line.toStdString();
        EXPECT_FALSE(line.contains(tight)) << "no space between scripts: " << line.toStdString();
    }
}

/// Where a text uses a word that the glossary rules out.
void holdToTheGlossary(const QString& text) {
    int terms = 0;
    for (const auto& line : read("tests/ui/glossary_zh_CN.csv").split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        const auto fields = line.split(QLatin1Char(','));
        if (line.startsWith(QLatin1Char('#')) || fields.value(2).isEmpty())
            continue;
        ++terms;
        const auto found = QRegularExpression(fields.at(2)).match(text);
        EXPECT_FALSE(found.hasMatch()) << fields.at(0).toStdString() << " is " << fields.at(1).toStdString() << ", not "
                                       << found.captured().toStdString();
    }
    EXPECT_GT(terms, 25);
}

TEST_P(Documents, chineseUsesTheTermsOfTheWindow) {
    holdToTheGlossary(read(GetParam().chinese));
}

TEST(Resources, chineseUsesTheTermsOfTheWindow) {
    for (const char* file : {"resources/org.halfopen.Halfopen.desktop", "resources/org.halfopen.Halfopen.metainfo.xml",
                             "resources/polkit/org.halfopen.helper.policy"}) {
        SCOPED_TRACE(file);
        holdToTheGlossary(read(file));
    }
}

INSTANTIATE_TEST_SUITE_P(Chinese, Documents, testing::ValuesIn(kPairs), [](const auto& tested) {
    return QString::fromLatin1(tested.param.english)
        .section(QLatin1Char('/'), -1)
        .remove(QRegularExpression(QStringLiteral("\\W")))
        .toStdString();
});

TEST(ManualPage, marksAreReadAsScdocReadsThem) {
    EXPECT_EQ(markedWords(QStringLiteral("*a_b*, _c d_; _\\*:1_ x_y_z *!=* _time_wait_ _[fe80::b%2]:22_")),
              (QStringList{QStringLiteral("a_b"), QStringLiteral("c d"), QStringLiteral("*:1"), QStringLiteral("!="),
                           QStringLiteral("time_wait"), QStringLiteral("[fe80::b%2]:22")}));
}

} // namespace
} // namespace halfopen::test
