// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace halfopen {
namespace {

/// The text with its place underlined, and what is said of it.
struct Case {
    std::string text;
    std::string place; ///< '~' under what is wrong, '^' where something is missing
    FilterProblem problem;
    std::string sentence;
};

std::string underlined(const FilterError& error) {
    return std::string(error.from, ' ') + (error.to > error.from ? std::string(error.to - error.from, '~') : "^");
}

TEST(FilterErrors, saysWhatIsWrongAndWhere) {
    const Case cases[] = {
        {"dst 10.0.0.0/8 and not (firefox or sport >= )", "                                           ~~",
         FilterProblem::MissingPort, "a port is missing after >=, for example  sport >= :1024"},
        {"sport", "     ^", FilterProblem::MissingPort, "a port is missing after sport, for example  sport >= :1024"},
        {"dport =", "       ^", FilterProblem::MissingPort, "a port is missing after =, for example  dport = :443"},
        {"state", "     ^", FilterProblem::MissingState,
         "a state is missing after state, for example  state established"},
        {"process:", "        ^", FilterProblem::MissingValue,
         "a value is missing after process:, for example  process:firefox"},
        {"firefox or", "          ^", FilterProblem::MissingCondition, "a condition is missing after or"},
        {"firefox and ( ssh or )", "                    ~~", FilterProblem::MissingCondition,
         "a condition is missing after or"},
        {"not", "   ^", FilterProblem::MissingCondition, "a condition is missing after not"},
        {"or firefox", "~~", FilterProblem::Unexpected, "or cannot stand here"},
        {"firefox = 5", "~~~~~~~", FilterProblem::UnknownKey, "there is no key 'firefox'"},
        {"ildle>10m", "~~~~~", FilterProblem::UnknownKey, "there is no key 'ildle'; did you mean idle?"},
        {"( firefox", "~", FilterProblem::NotClosed, "this parenthesis is not closed"},
        {"firefox )", "        ~", FilterProblem::NotOpened, "this parenthesis closes none"},
        {"()", " ~", FilterProblem::MissingCondition, "a condition is missing after ("},
        {"firefox \"web", "        ~", FilterProblem::QuoteNotClosed, "this quotation mark has no second one"},
        {"dport = :htps", "        ~~~~~", FilterProblem::NotAPort,
         "'htps' is no port and no service, for example  dport = :443; did you mean https?"},
        {"dport = :99999", "        ~~~~~~", FilterProblem::PortTooLarge, "99999 is no port: ports end at 65535"},
        {"dst 10.1", "    ~~~~", FilterProblem::NotAnAddress, "'10.1' is no address; did you mean 10.1.0.0/16?"},
        {"dst 10.0.0.0/40", "    ~~~~~~~~~~~", FilterProblem::NotAPrefixLength,
         "'40' is no length of a prefix of this address, for example  dst 10.0.0.0/8"},
        {"dst [::1", "    ~~~~", FilterProblem::NotAnAddress, "'[::1' is no address, for example  dst 10.0.0.0/8"},
        {"dst nosuch", "    ~~~~~~", FilterProblem::UnknownHost,
         "'nosuch' is no address and no known host, for example  dst 10.0.0.0/8"},
        {"dst unix:/run/x", "    ~~~~~~~~~~~", FilterProblem::OtherFamily,
         "sockets of the family unix are not shown here, only TCP"},
        {"state foo", "      ~~~", FilterProblem::NoSuchOption,
         "'foo' is none of its words, for example  state established"},
        {"diagnosis:ungarded", "          ~~~~~~~~", FilterProblem::NoSuchOption,
         "'ungarded' is none of its words, for example  diagnosis:unguarded; did you mean unguarded?"},
        {"idle>10x", "     ~~~", FilterProblem::NotADuration, "'10x' is no duration, for example  idle>10m"},
        {"sendq>lots", "      ~~~~", FilterProblem::NotASize, "'lots' is no number of bytes, for example  sendq>64k"},
        {"pid:x", "    ~", FilterProblem::NotANumber, "'x' is no number, for example  pid:812"},
        {"cookie:xyz", "       ~~~", FilterProblem::NotACookie,
         "'xyz' is no socket cookie in hex, for example  cookie:1d2"},
        {"fwmark = zz", "         ~~", FilterProblem::NotAMark, "'zz' is no mark, for example  fwmark = 0x1/0x3"},
        {"user>alice", "     ~~~~~", FilterProblem::WrongOperator,
         "user has no greater and no less, for example  user:alice"},
        {"dst > 10.0.0.1", "      ~~~~~~~~", FilterProblem::WrongOperator,
         "dst has no greater and no less, for example  dst 10.0.0.0/8"},
        {"idle>1,5m", "     ~~~~", FilterProblem::SeveralCompared,
         "'1,5m' is several values, and a comparison takes one, for example  idle>10m; did you mean 1.5m?"},
        {"dport >= 22,443", "         ~~~~~~", FilterProblem::SeveralCompared,
         "'22,443' is several values, and a comparison takes one, for example  dport = :443"},
        {"idle>1m<2m", "       ~", FilterProblem::Unexpected, "< cannot stand here"},
    };
    for (const Case& one : cases) {
        const Filter filter(one.text);
        ASSERT_TRUE(filter.error()) << one.text;
        EXPECT_EQ(filter.error()->problem, one.problem) << one.text;
        EXPECT_EQ(underlined(*filter.error()), one.place) << one.text;
        EXPECT_EQ(inEnglish(sentenceOf(*filter.error())), one.sentence) << one.text;
    }
}

TEST(FilterErrors, placesAreBytesOfWhatWasTyped) {
    const Filter filter("\uff08\u706b\u72d0 or sport\uff1e\uff1d");
    ASSERT_TRUE(filter.error());
    EXPECT_EQ(filter.error()->problem, FilterProblem::MissingPort);
    EXPECT_EQ(filter.error()->from, std::string("\uff08\u706b\u72d0 or sport\uff1e\uff1d").size());
}

TEST(FilterErrors, nothingIsFoundWhereTheFilterIsWrong) {
    const Frame frame;
    EXPECT_FALSE(Filter("dport =").matches(Row(), frame));
    EXPECT_TRUE(Filter("").matches(Row(), frame));
}

TEST(FilterErrors, deepAndLongOnesAreRefusedAndNotTried) {
    const Filter deep(std::string(100'000, '('));
    ASSERT_TRUE(deep.error());
    EXPECT_EQ(deep.error()->problem, FilterProblem::TooDeep);
    std::string many;
    for (int i = 0; i < 5000; ++i)
        many += "a ";
    const Filter wide(many);
    ASSERT_TRUE(wide.error());
    EXPECT_EQ(wide.error()->problem, FilterProblem::TooLong);
    std::string nested(199, '(');
    nested[99] = 'a';
    std::fill(nested.begin() + 100, nested.end(), ')');
    EXPECT_FALSE(Filter(nested).error());
    std::string negated(100'001, '!');
    negated.back() = 'a';
    EXPECT_FALSE(Filter(negated).error());
}

TEST(FilterErrors, whatIsReadFromTheLeftIsTold) {
    EXPECT_FALSE(Filter("a or b").ambiguity());
    EXPECT_FALSE(Filter("a b or c").ambiguity());
    EXPECT_FALSE(Filter("a or ( b and c )").ambiguity());
    EXPECT_FALSE(Filter("( a or b ) and c").ambiguity());
    const Filter filter("a or b and c");
    ASSERT_TRUE(filter.ambiguity());
    EXPECT_EQ(filter.ambiguity()->from, 11U);
}

} // namespace
} // namespace halfopen
