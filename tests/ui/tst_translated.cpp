// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/message_reader.h"
#include "core/model/read_refusal.h"
#include "ui/look/translated.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTranslator>

#include <gtest/gtest.h>

#include <cerrno>
#include <set>

namespace halfopen {
namespace {

QString textOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The literals in one call of tr() or mark(), put together and without their escapes.
QString literal(QString pieces) {
    pieces.remove(QRegularExpression(QStringLiteral("\"\\s*\"")));
    pieces = pieces.trimmed();
    return pieces.mid(1, pieces.size() - 2).replace(QStringLiteral("\\\""), QStringLiteral("\""));
}

/// Every sentence that the window may have to show: those of core, of the helper, and of who asks it.
std::set<QString> allSentences() {
    static const QRegularExpression call(
        QStringLiteral("Sentence::(?:tr|mark)\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*)+)"));
    std::set<QString> sentences;
    for (const char* folder : {"/core", "/app/bus", "/app/helper", "/app/halfopen"}) {
        QDirIterator files(QStringLiteral(HALFOPEN_SOURCE_DIR) + QLatin1String(folder),
                           {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString text = textOf(files.next());
            for (auto found = call.globalMatch(text); found.hasNext();)
                sentences.insert(literal(found.next().captured(1)));
        }
    }
    return sentences;
}

std::set<QString> placesOf(const QString& sentence) {
    static const QRegularExpression place(QStringLiteral("\\{[0-9]\\}"));
    std::set<QString> places;
    for (auto found = place.globalMatch(sentence); found.hasNext();)
        places.insert(found.next().captured());
    return places;
}

class InChinese : public ::testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(translator.load(QStringLiteral(":/i18n/halfopen_zh_CN.qm"))); }
    QTranslator translator;
};

TEST_F(InChinese, everySentenceIsTranslatedWithAllOfItsPlaces) {
    const auto sentences = allSentences();
    EXPECT_GT(sentences.size(), 240U);
    for (const auto& sentence : sentences) {
        const QString chinese = translator.translate("Core", sentence.toUtf8().constData());
        EXPECT_FALSE(chinese.isEmpty()) << qPrintable(sentence);
        EXPECT_EQ(placesOf(chinese), placesOf(sentence)) << qPrintable(sentence);
    }
}

TEST_F(InChinese, isSaidWithWhatStandsInIt) {
    QCoreApplication::installTranslator(&translator);
    const QString text = translated(sockDiagError(EPERM, "for {0}").sentence);
    const QString unknown = translated(Sentence::received("Of {0} nobody ever said this.", {std::string("x")}));
    QCoreApplication::removeTranslator(&translator);
    EXPECT_TRUE(text.contains(QStringLiteral("操作不允许"))) << qPrintable(text);
    EXPECT_TRUE(text.contains(QStringLiteral("for {0}"))) << qPrintable(text);
    EXPECT_FALSE(text.contains(QStringLiteral("kernel"))) << qPrintable(text);
    EXPECT_EQ(unknown, QStringLiteral("Of x nobody ever said this."));
}

TEST(Translated, staysAsItIsInEnglish) {
    const auto refusal = sentenceOf(ReadRefusal::Yama);
    EXPECT_EQ(translated(refusal).toStdString(), inEnglish(refusal));
}

} // namespace
} // namespace halfopen
