// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/ended_text.h"
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
#include <cstring>
#include <set>
#include <utility>

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

/// Every sentence that people may have to read: those of core, of the helper and who asks it, and of the terminal.
std::set<QString> allSentences() {
    static const QRegularExpression call(
        QStringLiteral("Sentence::(?:tr|mark)\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*)+)"));
    std::set<QString> sentences;
    for (const char* folder : {"/core", "/app/bus", "/app/contract", "/app/exporter", "/app/helper", "/app/halfopen",
                               "/app/halfopenctl", "/app/sdbus"}) {
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
    EXPECT_GT(sentences.size(), 700U);
    for (const auto& sentence : sentences) {
        const QString chinese = translator.translate("Core", sentence.toUtf8().constData());
        EXPECT_FALSE(chinese.isEmpty()) << qPrintable(sentence);
        EXPECT_EQ(placesOf(chinese), placesOf(sentence)) << qPrintable(sentence);
    }
}

QString withoutEntities(QString xml) {
    static const std::pair<const char*, const char*> kEntities[] = {
        {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}};
    for (const auto& [entity, letter] : kEntities)
        xml.replace(QLatin1String(entity), QLatin1String(letter));
    return xml;
}

/// What the translators were given and nobody says any more.
TEST_F(InChinese, noTranslationIsOfASentenceThatIsGone) {
    const auto sentences = allSentences();
    static const QRegularExpression message(QStringLiteral("<source>([^<]*)</source>"));
    const QString text = textOf(QStringLiteral(HALFOPEN_SOURCE_DIR "/resources/translations/halfopen_zh_CN.ts"));
    const auto begin = text.indexOf(QStringLiteral("<name>Core</name>"));
    const QString core = text.mid(begin, text.indexOf(QStringLiteral("</context>"), begin) - begin);
    int known = 0;
    for (auto found = message.globalMatch(core); found.hasNext(); ++known) {
        const QString source = withoutEntities(found.next().captured(1));
        EXPECT_TRUE(sentences.contains(source)) << qPrintable(source);
    }
    EXPECT_GT(known, 700);
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

TEST_F(InChinese, whatConnectionsEndWithIsSaid) {
    QCoreApplication::installTranslator(&translator);
    static const QRegularExpression latin(QStringLiteral("[a-z]{3}"));
    for (const int error : {EPIPE, ETIMEDOUT, ECONNREFUSED, ECONNRESET, ECONNABORTED, ENETDOWN, ENETUNREACH, EHOSTDOWN,
                            EHOSTUNREACH, ENOPROTOOPT, EPROTO, EACCES, EPERM, ENOMEM}) {
        const QString text = translated(programError(error));
        EXPECT_FALSE(latin.match(text).hasMatch()) << qPrintable(text);
        EXPECT_TRUE(text.startsWith(QLatin1String(::strerrorname_np(error)))) << qPrintable(text);
    }
    QCoreApplication::removeTranslator(&translator);
}

TEST(Translated, staysAsItIsInEnglish) {
    const auto refusal = sentenceOf(ReadRefusal::Yama);
    EXPECT_EQ(translated(refusal).toStdString(), inEnglish(refusal));
}

} // namespace
} // namespace halfopen
