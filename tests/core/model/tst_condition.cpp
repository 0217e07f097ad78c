// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/condition_text.h"
#include "core/model/condition.h"

#include <gtest/gtest.h>

#include <set>

namespace halfopen {
namespace {

TEST(Condition, everyOneHasAWordOfItsOwn) {
    Conditions all;
    for (std::size_t index = 0; index < kConditionCount; ++index)
        all.add(static_cast<Condition>(index));
    std::set<std::string_view> words;
    for (const Condition condition : all.list())
        words.insert(toString(condition));
    EXPECT_EQ(words.size(), kConditionCount);
    EXPECT_FALSE(words.contains(""));
}

TEST(Condition, everyOneHasASentenceOfItsOwn) {
    std::set<std::string> sentences;
    for (std::size_t index = 0; index < kConditionCount; ++index) {
        const auto sentence = inEnglish(sentenceOf(static_cast<Condition>(index)));
        EXPECT_TRUE(sentence.ends_with('.')) << toString(static_cast<Condition>(index));
        sentences.insert(sentence);
    }
    EXPECT_EQ(sentences.size(), kConditionCount);
}

TEST(Condition, wordsAreJoinedByCommas) {
    std::string text;
    Conditions some;
    appendWords(text, some);
    EXPECT_EQ(text, "");
    some.add(Condition::TicksLate);
    some.add(Condition::LocalDrop);
    appendWords(text, some);
    EXPECT_EQ(text, "local-drop,ticks-late");
}

TEST(Condition, whatHoldsOfTheWholeMachineIsNoRowsOwn) {
    Conditions some;
    some.add(Condition::TicksLate);
    some.add(Condition::HostSuspended);
    EXPECT_TRUE(some.own().empty());
    some.add(Condition::InterfaceGone);
    EXPECT_EQ(some.own().list(), std::vector{Condition::InterfaceGone});
}

TEST(Condition, listIsInOrderAndHoldsWhatWasAdded) {
    Conditions some;
    some.add(Condition::TicksLate);
    some.add(Condition::LocalDrop);
    some.add(Condition::OwnerStopped);
    some.remove(Condition::TicksLate);
    EXPECT_EQ(some.list(), (std::vector{Condition::LocalDrop, Condition::OwnerStopped}));
    EXPECT_FALSE(isFact(Condition::LocalDrop));
    EXPECT_TRUE(isFact(Condition::OwnerStopped));
}

} // namespace
} // namespace halfopen
