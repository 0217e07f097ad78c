// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/frames/frame_maker.h"
#include "ui/look/strings.h"
#include "ui/parts/status_line.h"
#include "ui/window/main_window.h"

#include <QCoreApplication>
#include <QFile>
#include <QTranslator>

#include <gtest/gtest.h>

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
    line.showFrame(FrameMaker{unguarded(1)}.build());
    EXPECT_TRUE(line.countsText().startsWith(QStringLiteral("1 connection, "))) << line.countsText().toStdString();
    line.showFrame(FrameMaker{unguarded(1), guarded(2)}.build());
    EXPECT_EQ(line.countsText(), QStringLiteral("2 connections, 1 guarded, 1 unguarded, 0 suspect"));
}

TEST(StatusLine, tellsHowForecastsHaveHeldOnceOneWasGraded) {
    StatusLine line;
    Frame frame = *FrameMaker{unguarded(1)}.build();
    line.showFrame(std::make_shared<const Frame>(frame));
    EXPECT_EQ(line.forecastsText(), QString());
    frame.forecasts = {.graded = 212, .kept = 200, .excused = 12, .medianErrorMs = 0.4, .worstErrorMs = 7.5};
    line.showFrame(std::make_shared<const Frame>(frame));
    EXPECT_EQ(line.forecastsText(), QStringLiteral("forecasts: 212 graded, 0 broken, median 0.4 ms"));
}

} // namespace
} // namespace halfopen::test
