// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/message_reader.h"
#include "core/model/read_refusal.h"
#include "ui/look/core_sentences.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTranslator>

#include <gtest/gtest.h>

#include <cerrno>
#include <cstring>

namespace halfopen {
namespace {

/// Everything that core says, the pieces of its literals put together.
QString textOfCore() {
    QString text;
    QDirIterator files(QStringLiteral(HALFOPEN_SOURCE_DIR "/core"), {QStringLiteral("*.cpp")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            text += QString::fromUtf8(file.readAll());
    }
    return text.remove(QRegularExpression(QStringLiteral("\"\\s*\n\\s*\"")));
}

TEST(CoreSentences, areWhatCoreSays) {
    const QString said = textOfCore();
    for (const auto& sentence : coreSentences())
        for (const auto& part : sentence.split(QRegularExpression(QStringLiteral("%[1-9]"))))
            EXPECT_TRUE(said.contains(part)) << qPrintable(part);
}

TEST(CoreSentences, stayAsTheyAreInEnglish) {
    const auto refusal = toString(ReadRefusal::Yama);
    EXPECT_EQ(coreSentence(refusal).toStdString(), refusal);
    EXPECT_EQ(coreSentence("Nobody ever said this."), QStringLiteral("Nobody ever said this."));
}

TEST(CoreSentences, areTranslatedWithWhatStandsInThem) {
    QTranslator chinese;
    ASSERT_TRUE(chinese.load(QStringLiteral(":/i18n/halfopen_zh_CN.qm")));
    QCoreApplication::installTranslator(&chinese);
    for (const auto& sentence : coreSentences())
        EXPECT_NE(coreSentence(sentence.toStdString()), sentence) << qPrintable(sentence);
    const QString text = coreSentence(sockDiagError(EPERM, {}).message);
    QCoreApplication::removeTranslator(&chinese);
    EXPECT_TRUE(text.contains(QString::fromUtf8(std::strerror(EPERM)))) << qPrintable(text);
    EXPECT_FALSE(text.contains(QStringLiteral("kernel"))) << qPrintable(text);
}

} // namespace
} // namespace halfopen
