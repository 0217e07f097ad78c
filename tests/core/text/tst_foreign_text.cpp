// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/foreign_text.h"
#include "core/text/unicode.h"

#include <gtest/gtest.h>

#include <clocale>

namespace halfopen {
namespace {

std::string csv(std::string_view value) {
    std::string cell;
    appendForeignCsv(cell, value);
    return cell;
}

TEST(ForeignText, plainTextAndRealScriptsStay) {
    for (const std::string_view text :
         {"sshd", "Web Content", "z\xc3\xbcrich", "\xe6\x97\xa5\xe6\x9c\xac", "\xf0\x9f\x90\xa7", "e\xcc\x81",
          "\xe0\xa4\x95\xe0\xa5\x8d\xe0\xa4\xb7\xe0\xa4\xbf"})
        EXPECT_EQ(harmless(text), text);
}

TEST(ForeignText, nothingThatATerminalObeysGetsThrough) {
    EXPECT_EQ(harmless("a\x1b[31mb\x07\n\t\x7f"), "a?[31mb????");
    EXPECT_EQ(harmless("\xc2\x9b"
                       "31m\xc2\x85"),
              "?31m?")
        << "C1, as UTF-8";
    EXPECT_EQ(harmless("\x9b"
                       "31m"),
              "?31m")
        << "C1, as a byte";
    EXPECT_EQ(harmless("abc\xe2\x80\xae"
                       "txt.exe\xe2\x81\xa6"),
              "abc?txt.exe?")
        << "bidi";
    EXPECT_EQ(harmless("pay\xe2\x80\x8bpal\xc2\xad\xef\xbb\xbf\xe2\x80\x8d"), "pay?pal???") << "zero width";
    EXPECT_EQ(harmless("a\xe2\x80\xa8z\xef\xb8\x8f\xf3\xa0\x81\x81"), "a?z??") << "separators, selectors, tags";
    EXPECT_EQ(harmless("\xff\xfe\xc3(\xed\xa0\x80\xf0\x9f\x90"), "???"
                                                                 "(????")
        << "no UTF-8";
}

TEST(ForeignText, marksDoNotClimbOutOfTheirCell) {
    EXPECT_EQ(harmless("\xcc\x81x"), "?x") << "over what stands before";
    const std::string mark = "\xcc\x81";
    EXPECT_EQ(harmless("a" + mark + mark + mark + mark + mark + "b"), "a" + mark + mark + mark + "??b");
    EXPECT_EQ(harmless(std::string("\x1b") + mark), "??");
}

TEST(ForeignText, linesOfOurOwnStayLines) {
    EXPECT_EQ(harmlessLines("one\ntwo\x1b\n"), "one\ntwo?\n");
    EXPECT_EQ(harmlessLines(""), "");
}

TEST(ForeignText, widthIsPlacesOnATerminalInAnyLocale) {
    ASSERT_NE(std::setlocale(LC_ALL, "C"), nullptr);
    EXPECT_EQ(displayWidth("abc"), 3U);
    EXPECT_EQ(displayWidth("z\xc3\xbcrich"), 6U);
    EXPECT_EQ(displayWidth("\xe6\x97\xa5\xe6\x9c\xac"), 4U);
    EXPECT_EQ(displayWidth("\xf0\x9f\x90\xa7"), 2U);
    EXPECT_EQ(displayWidth("e\xcc\x81"), 1U);
    EXPECT_EQ(displayWidth("\xef\xbc\xa1"), 2U) << "full-width A";
    EXPECT_EQ(displayWidth("\xef\xbd\xb1"), 1U) << "half-width katakana";
    EXPECT_EQ(displayWidth("\xed\x95\x9c"), 2U) << "a syllable of Hangul";
    EXPECT_EQ(displayWidth("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab"), 2U) << "the same of its jamo";
    std::string text;
    EXPECT_EQ(appendHarmless(text, "\xe6\x97\xa5\x1b"), 3U);
}

TEST(ForeignText, cutsWhereItFits) {
    EXPECT_EQ(fitting("abc", 2), 2U);
    EXPECT_EQ(fitting("abc", 5), 3U);
    EXPECT_EQ(fitting("\xe6\x97\xa5\xe6\x9c\xac", 3), 3U) << "half a character is none";
    EXPECT_EQ(fitting("e\xcc\x81x", 1), 3U) << "the mark stays with its letter";
}

TEST(ForeignText, noCellOfCsvIsAFormula) {
    EXPECT_EQ(csv("=1+1"), "'=1+1");
    EXPECT_EQ(csv("+1"), "'+1");
    EXPECT_EQ(csv("-1"), "'-1");
    EXPECT_EQ(csv("@SUM(A1)"), "'@SUM(A1)");
    EXPECT_EQ(csv("\t=1"), "'?=1");
    EXPECT_EQ(csv("\r=1"), "'?=1");
    EXPECT_EQ(csv("\xef\xbc\x9d"
                  "1"),
              "'\xef\xbc\x9d"
              "1");
    EXPECT_EQ(csv("=HYPERLINK(\"http://x\",\"y\")"), "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
    EXPECT_EQ(csv("nginx: master"), "nginx: master");
    EXPECT_EQ(csv("a\nb"), "a?b");
    EXPECT_EQ(csv(""), "");
}

TEST(Unicode, sequencesThatAreNoneEndWhereTheNextMayBegin) {
    const auto first = [](std::string_view text) { return firstCodePoint(text); };
    EXPECT_EQ(first("\xe6\x97z").value, CodePoint::kInvalid);
    EXPECT_EQ(first("\xe6\x97z").length, 2U);
    EXPECT_EQ(first("\xe0\x80\x80").length, 1U) << "overlong";
    EXPECT_EQ(first("\xf4\x8f\xbf\xbf").value, 0x10ffffU);
    EXPECT_EQ(first("\xf4\x90\x80\x80").value, CodePoint::kInvalid);
    EXPECT_EQ(first("\xed\x9f\xbf").value, 0xd7ffU);
}

} // namespace
} // namespace halfopen
