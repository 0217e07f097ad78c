// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "tests/ui/fake_services.h"
#include "ui/look/strings.h"
#include "ui/parts/status_line.h"
#include "ui/window/main_window.h"

#include <QCoreApplication>
#include <QFile>
#include <QLabel>
#include <QLibraryInfo>
#include <QLocale>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QTranslator>
#include <QXmlStreamReader>

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace halfopen::test {
namespace {

/// A language for as long as it lives.
class Language {
public:
    explicit Language(const char* name) {
        loaded = m_translator.load(QStringLiteral(":/i18n/halfopen_") + QLatin1String(name));
        QCoreApplication::installTranslator(&m_translator);
    }
    ~Language() { QCoreApplication::removeTranslator(&m_translator); }
    bool loaded;

private:
    QTranslator m_translator;
};

TEST(Translations, chineseIsComplete) {
    QFile file(QStringLiteral(HALFOPEN_SOURCE_DIR "/resources/translations/halfopen_zh_CN.ts"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const auto text = QString::fromUtf8(file.readAll());
    EXPECT_GT(text.count(QStringLiteral("<message")), 300);
    EXPECT_EQ(text.count(QStringLiteral("type=\"unfinished\"")), 0);
    EXPECT_EQ(text.count(QStringLiteral("<translation />")), 0);
}

TEST(Translations, whatIsCountedIsWrittenAsTheLanguageDoes) {
    for (const char* language : {"en", "zh_CN"}) {
        QFile file(
            QStringLiteral(HALFOPEN_SOURCE_DIR "/resources/translations/halfopen_%1.ts").arg(QLatin1String(language)));
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        const auto text = QString::fromUtf8(file.readAll());
        EXPECT_GT(text.count(QStringLiteral("%Ln")), 50) << language;
        const QRegularExpression ungrouped(QStringLiteral("<numerusform>[^<]*%n"));
        EXPECT_FALSE(text.contains(ungrouped)) << language << ": " << ungrouped.match(text).captured().toStdString();
    }
    const Language english("en");
    ASSERT_TRUE(english.loaded);
    EXPECT_EQ(QCoreApplication::translate("halfopen::StatusLine",
                                          "%n connection(s), %1 guarded, %2 unguarded, %3 suspect", nullptr, 20005)
                  .section(QLatin1Char(' '), 0, 1),
              QLocale().toString(20005) + QStringLiteral(" connections,"));
}

/// A message of the Chinese translation.
struct Message {
    QString context;
    QString source;
    QStringList translations;
};

std::vector<Message> chineseMessages() {
    QFile file(QStringLiteral(HALFOPEN_SOURCE_DIR "/resources/translations/halfopen_zh_CN.ts"));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    std::vector<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        if (!xml.readNextStartElement())
            continue;
        if (xml.name() == QStringLiteral("name"))
            context = xml.readElementText();
        else if (xml.name() == QStringLiteral("message"))
            messages.push_back({context, {}, {}});
        else if (xml.name() == QStringLiteral("source"))
            messages.back().source = xml.readElementText();
        else if (xml.name() == QStringLiteral("translation") || xml.name() == QStringLiteral("numerusform")) {
            const auto text = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
            if (!text.isEmpty())
                messages.back().translations.append(text);
        }
    }
    return messages;
}

std::string where(const Message& message, const QString& text) {
    return QStringLiteral("%1: %2 -> %3").arg(message.context, message.source, text).toStdString();
}

TEST(Translations, chineseIsSetAsChineseIs) {
    // H: a Chinese character, S: a Chinese stop.
    const auto pattern = [](const char* text) {
        return QRegularExpression(
            QString::fromLatin1(text)
                .replace(QLatin1Char('H'), QStringLiteral("[\\x{4e00}-\\x{9fff}]"))
                .replace(QLatin1Char('S'), QStringLiteral("[\u3002\uff0c\uff1a\uff1b\uff01\uff1f\u3001\uff08\uff09]")));
    };
    const std::pair<const char*, QRegularExpression> kFaults[] = {
        {"a full stop or comma of another script", pattern("H[.,:;!?]|[.,:;!?]H")},
        {"a space between two words", pattern("H H")},
        {"a space beside a full stop", pattern(" S|S ")},
        {"brackets of another script", pattern("H\\((?!&\\w\\))|(?<!&\\w)\\)H|\\([^)]*H")},
        {"quotes of another script", pattern("H[\"']|[\"']H")},
        {"an ellipsis of another script", pattern("[.]{3}")}};
    for (const auto& message : chineseMessages())
        for (const auto& text : message.translations)
            for (const auto& [fault, look] : kFaults)
                EXPECT_FALSE(text.contains(look)) << fault << ": " << where(message, text);
}

/// Names, protocol words and what stands in the source as well may be Latin; a word of English may not.
TEST(Translations, chineseHasNoEnglishInIt) {
    const QRegularExpression latin(QStringLiteral("[A-Za-z]{4,}"));
    const QStringList terms{QStringLiteral("Halfopen"), QStringLiteral("keepalive"), QStringLiteral("close"),
                            QStringLiteral("root"),     QStringLiteral("accept"),    QStringLiteral("backlog")};
    for (const auto& message : chineseMessages())
        for (const auto& text : message.translations) {
            auto words = latin.globalMatch(text);
            while (words.hasNext()) {
                const auto word = words.next().captured();
                EXPECT_TRUE(message.source.contains(word, Qt::CaseInsensitive) || terms.contains(word))
                    << word.toStdString() << " in " << where(message, text);
            }
        }
}

TEST(Translations, chineseHasOneTermForOneNotion) {
    QFile file(QStringLiteral(HALFOPEN_SOURCE_DIR "/tests/ui/glossary_zh_CN.csv"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const auto messages = chineseMessages();
    QString all;
    for (const auto& message : messages)
        all += message.translations.join(QLatin1Char('\n')) + QLatin1Char('\n');
    int terms = 0;
    for (const auto& line : QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        const auto fields = line.split(QLatin1Char(','));
        if (line.startsWith(QLatin1Char('#')))
            continue;
        ASSERT_EQ(fields.size(), 3) << line.toStdString();
        ++terms;
        EXPECT_TRUE(all.contains(fields[1])) << fields[1].toStdString() << " stands nowhere";
        if (fields[2].isEmpty())
            continue;
        const QRegularExpression forbidden(fields[2]);
        for (const auto& message : messages)
            for (const auto& text : message.translations)
                EXPECT_FALSE(text.contains(forbidden) && !message.source.contains(QStringLiteral("seccomp")))
                    << fields[0].toStdString() << " is " << fields[1].toStdString() << ": " << where(message, text);
    }
    EXPECT_GT(terms, 25);
}

TEST(Translations, qtsOwnWordsAreChineseToo) {
    QTranslator qt;
    ASSERT_TRUE(qt.load(QLocale(QStringLiteral("zh_CN")), QStringLiteral("qtbase"), QStringLiteral("_"),
                        QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        << "qt6-translations-l10n is not installed";
    QCoreApplication::installTranslator(&qt);
    const auto cancel = QCoreApplication::translate("QPlatformTheme", "Cancel");
    QCoreApplication::removeTranslator(&qt);
    EXPECT_NE(cancel, QStringLiteral("Cancel"));
}

/// The letters that are pressed twice in this menu, or in one below it: "View: P".
void addLettersTwice(const QString& name, const QList<QAction*>& actions, QStringList& twice) {
    static const QRegularExpression kLetter(QStringLiteral("&(\\w)"));
    QStringList letters;
    for (const QAction* action : actions) {
        const QString letter = kLetter.match(action->text()).captured(1).toUpper();
        if (!letter.isEmpty() && letters.contains(letter))
            twice.append(QStringLiteral("%1: %2").arg(name, letter));
        letters.append(letter);
        if (action->menu())
            addLettersTwice(action->text(), action->menu()->actions(), twice);
    }
}

TEST(Translations, eachEntryOfAMenuHasALetterOfItsOwn) {
    for (const char* name : {"en", "zh_CN"}) {
        const Language language(name);
        ASSERT_TRUE(language.loaded);
        FakeServices fakes;
        const MainWindow window(fakes.services());
        QStringList twice;
        addLettersTwice(QStringLiteral("bar"), window.menuBar()->actions(), twice);
        EXPECT_TRUE(twice.isEmpty()) << name << ": " << twice.join(QStringLiteral(", ")).toStdString();
    }
}

TEST(Translations, wordsChangeWithTheLanguage) {
    const Language chinese("zh_CN");
    ASSERT_TRUE(chinese.loaded);
    EXPECT_NE(diagnosisLabel(Diagnosis::Guarded), QStringLiteral("guarded"));
    EXPECT_EQ(stateName(State::Established), QStringLiteral("ESTABLISHED"));
}

TEST(Translations, englishHasPlurals) {
    const Language english("en");
    ASSERT_TRUE(english.loaded);
    StatusLine line;
    const auto& counts = child<QLabel>(line, "counts");
    line.showFrame(FrameMaker{unguarded(1)}.build());
    EXPECT_TRUE(counts.text().startsWith(QStringLiteral("1 connection, "))) << counts.text().toStdString();
    line.showFrame(FrameMaker{unguarded(1), guarded(2)}.build());
    EXPECT_EQ(counts.text(), QStringLiteral("2 connections, 1 guarded, 1 unguarded, 0 suspect"));
}

TEST(StatusLine, tellsHowForecastsHaveHeldOnceOneWasGraded) {
    StatusLine line;
    const auto& forecasts = child<QLabel>(line, "forecasts");
    Frame frame = *FrameMaker{unguarded(1)}.build();
    line.showFrame(std::make_shared<const Frame>(frame));
    EXPECT_EQ(forecasts.text(), QString());
    frame.forecasts = {.graded = 212, .kept = 200, .excused = 12, .medianErrorMs = 0.4, .worstErrorMs = 7.5};
    line.showFrame(std::make_shared<const Frame>(frame));
    EXPECT_EQ(forecasts.text(), QStringLiteral("forecasts: 212 graded, 0 broken, median 0.4 ms"));
}

TEST(StatusLine, tellsInItsToolTipWhatWasCountedSinceTheStart) {
    StatusLine line;
    const auto& counts = child<QLabel>(line, "counts");
    Frame frame = *FrameMaker{unguarded(1)}.build();
    Activity activity;
    activity.total.appeared = 31;
    activity.total.vanished = 12;
    activity.total.endings[static_cast<std::size_t>(Ending::Reset)] = 9;
    activity.total.endings[static_cast<std::size_t>(Ending::KeepaliveExhausted)] = 2;
    activity.total.endings[static_cast<std::size_t>(Ending::RetransmissionTimeout)] = 1;
    frame.activity = std::make_shared<const Activity>(activity);
    line.showFrame(std::make_shared<const Frame>(frame));
    EXPECT_EQ(counts.toolTip(), QStringLiteral("Since Halfopen began to look: 31 opened, 12 ended, 3 of them given up "
                                               "by the kernel"));
    frame.live = false;
    line.showFrame(std::make_shared<const Frame>(frame));
    EXPECT_EQ(counts.toolTip(), QString()) << "a recording is one moment";
}

} // namespace
} // namespace halfopen::test
