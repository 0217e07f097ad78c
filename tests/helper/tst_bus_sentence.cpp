// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bus/bus_sentence.h"
#include "app/bus/bus_sockets.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace halfopen {
namespace {

Sentence overTheBus(const Sentence& sentence) {
    return sentenceFrom(fromStd(inEnglish(sentence)), partsOf(sentence));
}

TEST(BusSentence, arrivesWithItsArguments) {
    const auto inner = Sentence::tr("{0} may not be read: {1}.", std::string("/x"), Errno{EACCES});
    const auto sentence = Sentence::tr("{1} of {0}: {2}", 7, std::string("t7"), inner) + Sentence::tr("Try again.");
    EXPECT_EQ(overTheBus(sentence), sentence);
    EXPECT_EQ(overTheBus(Sentence::tr("Nothing stands in it.")), Sentence::tr("Nothing stands in it."));
}

TEST(BusSentence, isOneLineWhateverANameHolds) {
    const auto sentence = Sentence::tr("There is no {0}, {1}.",
                                       std::string("a\nb\x1f"
                                                   "s{0}\x1f"),
                                       -1);
    EXPECT_EQ(inEnglish(overTheBus(sentence)), "There is no a b s{0} , -1.");
}

TEST(BusSentence, isItsEnglishWhereThePartsMakeNoSense) {
    const QString english = QStringLiteral("What it says.");
    QString deep;
    for (int i = 0; i < 60; ++i)
        deep += QStringLiteral("s{0}\x1f");
    for (const QString& parts :
         {QString(), QStringLiteral("x"), QStringLiteral("t5"), QStringLiteral("s{0}"), QStringLiteral("s{0}\x1fz9"),
          QStringLiteral("s{0}\x1fnine"), QStringLiteral("sa\x1ftb"), QStringLiteral("s{9}\x1ft1"),
          QString(deep + QStringLiteral("tx")),
          QString(QStringLiteral("s{0}") + QStringLiteral("\x1ft").repeated(2000))}) {
        EXPECT_EQ(sentenceFrom(english, parts), Sentence::received("What it says.", {})) << qPrintable(parts.left(20));
    }
}

TEST(BusSentence, ofASocketStandsBehindTheNameOfItsError) {
    CloseResult result{5, {}};
    const auto sentence = Sentence::tr("{0} is a listener.", std::string("[::]:22"));
    result.outcome = refusal(PrivilegeErrorKind::OutOfRange, sentence);
    const BusCloseResult told = toBus(result);
    EXPECT_TRUE(told.error.startsWith(QStringLiteral("org.halfopen.Error.OutOfRange [::]:22 is a listener.\n")));
    EXPECT_EQ(fromBus(told).outcome.error().kind, PrivilegeErrorKind::OutOfRange);
    EXPECT_EQ(fromBus(told).outcome.error().sentence, sentence);
}

TEST(BusSentence, ofAnOlderHelperIsWhatItSays) {
    const auto result = fromBus(BusCloseResult{5, QStringLiteral("org.halfopen.Error.Busy It is busy.")});
    EXPECT_EQ(result.outcome.error().kind, PrivilegeErrorKind::Busy);
    EXPECT_EQ(inEnglish(result.outcome.error()), "It is busy.");
    const auto strange = fromBus(BusCloseResult{5, QStringLiteral("Nobody knows why.")});
    EXPECT_EQ(strange.outcome.error().kind, PrivilegeErrorKind::WriteFailed);
    EXPECT_EQ(inEnglish(strange.outcome.error()), "Nobody knows why.");
}

} // namespace
} // namespace halfopen
