// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/error.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <clocale>
#include <type_traits>

namespace halfopen {
namespace {

// What is no literal can be an argument, and nothing more; that a literal must name its places is tried by the
// compiler's tests (refused_sentence.cpp).
static_assert(!std::is_constructible_v<Sentence, std::string>);
static_assert(!std::is_constructible_v<Template<0>, std::string>);
static_assert(!std::is_constructible_v<Template<0>, std::string_view>);
static_assert(!std::is_convertible_v<std::string, Sentence>);

TEST(Sentence, isSaidWithWhatItIsOf) {
    const std::string file = "/etc/x";
    EXPECT_EQ(inEnglish(Sentence::tr("Cannot read {0}: {1}, byte {2} of {0}.", file, Errno{EACCES}, 7u)),
              "Cannot read /etc/x: Permission denied, byte 7 of /etc/x.");
    EXPECT_EQ(inEnglish(Sentence::tr("There is no {0}.", Hex{0x1d2})), "There is no 0x1d2.");
    EXPECT_EQ(inEnglish(Sentence()), "");
}

TEST(Sentence, takesNothingInAnArgumentForAPlace) {
    const std::string hostile = "{1}{0}%1{";
    EXPECT_EQ(inEnglish(Sentence::tr("{0}: {1}.", hostile, 5)), "{1}{0}%1{: 5.");
}

TEST(Sentence, isAnArgumentOfAnother) {
    const auto inner = Sentence::tr("{0} may not be read: {1}.", std::string("/x"), Errno{EPERM});
    EXPECT_EQ(inEnglish(Sentence::tr("Nothing was changed: {0}", inner)),
              "Nothing was changed: /x may not be read: Operation not permitted.");
}

TEST(Sentence, followsAnother) {
    const auto one = Sentence::tr("One.");
    EXPECT_EQ(inEnglish(one + Sentence::tr("Two.")), "One. Two.");
    EXPECT_EQ(one + Sentence(), one);
    EXPECT_EQ(Sentence() + one, one);
}

TEST(Sentence, isOneOfAList) {
    const auto one = Sentence::tr("One.");
    EXPECT_EQ(inEnglish(listOf({one, Sentence(), Sentence::word("b"), Sentence::word("c")})), "One., b, c");
    EXPECT_EQ(inEnglish(clausesOf({Sentence::word("a"), Sentence::word("b")})), "a; b");
    EXPECT_EQ(listOf({Sentence(), one}), one);
    EXPECT_TRUE(listOf({}).empty());
}

TEST(Sentence, isSaidInALanguageThatKnowsSomeOfIt) {
    const Language shouting([](std::string_view english) -> std::string_view {
        return english == "{0}, {1}" ? "{0} AND {1}" : english == "a" ? "A" : english;
    });
    EXPECT_EQ(shouting(listOf({Sentence::word("a"), Sentence::word("b")})), "A AND b");
    EXPECT_EQ(shouting.word("a"), "A");
    EXPECT_EQ(kEnglish.word("a"), "a");
}

TEST(Sentence, isTranslatedBeforeItIsFilledIn) {
    const auto turned = [](const std::string& english) {
        return english == "{0} of {1}" ? std::string("of {1}, {0}") : english;
    };
    EXPECT_EQ(inWords(Sentence::tr("{0} of {1}", 3, std::string("{0}")), turned), "of {0}, 3");
}

TEST(Sentence, ofAnotherVersionIsReadableWhateverItNames) {
    EXPECT_EQ(inEnglish(Sentence::received("{0} {1} {9} {", {std::string("a")})), "a {1} {9} {");
}

TEST(Sentence, saysErrorNumbersInEnglishUnderEveryLocale) {
    for (const int error : {EPERM, EACCES, ENOENT, EHOSTUNREACH, EMFILE, EOPNOTSUPP})
        EXPECT_EQ(inEnglish(Sentence::tr("{0}", Errno{error})), ::strerrordesc_np(error));
    EXPECT_EQ(inEnglish(Sentence::tr("{0}", Errno{99999})), "Unknown error 99999");
}

} // namespace
} // namespace halfopen
