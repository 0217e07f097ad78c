// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/contract/bus_sentence.h"
#include "app/contract/bus_sockets.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace halfopen {
namespace {

Sentence overTheBus(const Sentence& sentence) {
    return sentenceFrom(inEnglish(sentence), partsOf(sentence));
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
    std::string deep;
    std::string many = "s{0}";
    for (int i = 0; i < 60; ++i)
        deep += "s{0}\x1f";
    for (int i = 0; i < 2000; ++i)
        many += "\x1ft";
    for (const std::string& parts : {std::string(), std::string("x"), std::string("t5"), std::string("s{0}"),
                                     std::string("s{0}\x1f"), std::string("s{0}\x1fz9"), std::string("s{0}\x1fnine"),
                                     std::string("s{0}\x1fn9x"), std::string("s{0}\x1fn99999999999999999999"),
                                     std::string("sa\x1ftb"), std::string("s{9}\x1ft1"), deep + "tx", many}) {
        EXPECT_EQ(sentenceFrom("What it says.", parts), Sentence::received("What it says.", {})) << parts.substr(0, 20);
    }
}

TEST(BusSentence, ofASocketStandsBehindTheNameOfItsError) {
    CloseResult result{5, {}};
    const auto sentence = Sentence::tr("{0} is a listener.", std::string("[::]:22"));
    result.outcome = refusal(PrivilegeErrorKind::OutOfRange, sentence);
    const BusCloseResult told = toBus(result);
    EXPECT_TRUE(told.error.starts_with("org.halfopen.Error.OutOfRange [::]:22 is a listener.\n"));
    EXPECT_EQ(fromBus(told).outcome.error().kind, PrivilegeErrorKind::OutOfRange);
    EXPECT_EQ(fromBus(told).outcome.error().sentence, sentence);
}

TEST(BusSentence, ofAnOlderHelperIsWhatItSays) {
    const auto result = fromBus(BusCloseResult{5, "org.halfopen.Error.Busy It is busy."});
    EXPECT_EQ(result.outcome.error().kind, PrivilegeErrorKind::Busy);
    EXPECT_EQ(inEnglish(result.outcome.error()), "It is busy.");
    const auto strange = fromBus(BusCloseResult{5, "Nobody knows why."});
    EXPECT_EQ(strange.outcome.error().kind, PrivilegeErrorKind::WriteFailed);
    EXPECT_EQ(inEnglish(strange.outcome.error()), "Nobody knows why.");
}

} // namespace
} // namespace halfopen
