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
        {"firefox or", "          ^", FilterProblem::MissingCondition,
         "a condition is missing after or, for example  state established"},
        {"firefox and ( ssh or )", "                    ~~", FilterProblem::MissingCondition,
         "a condition is missing after or, for example  state established"},
        {"not", "   ^", FilterProblem::MissingCondition,
         "a condition is missing after not, for example  state established"},
        {"or firefox", "~~", FilterProblem::Unexpected, "or cannot stand here, for example  ssh or https"},
        {"firefox = 5", "~~~~~~~", FilterProblem::UnknownKey,
         "there is no key 'firefox', for example  process:firefox"},
        {"ildle>10m", "~~~~~", FilterProblem::UnknownKey, "there is no key 'ildle'; did you mean idle?"},
        {"( firefox", "~", FilterProblem::NotClosed, "this parenthesis is not closed"},
        {"firefox )", "        ~", FilterProblem::NotOpened, "this parenthesis closes none"},
        {"()", " ~", FilterProblem::MissingCondition, "a condition is missing after (, for example  state established"},
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
         "'foo' is none of its words, which are established, syn-sent, syn-recv, fin-wait-1, fin-wait-2, time-wait, "
         "close, close-wait, last-ack, listen, closing, bound, all, connected, synchronized, bucket, big"},
        {"timer:persist", "      ~~~~~~~", FilterProblem::NoSuchOption,
         "'persist' is none of its words, which are none, retransmit, keepalive, time-wait, window-probe"},
        {"diag:foo", "     ~~~", FilterProblem::NoSuchOption,
         "'foo' is none of its words, which are listening, opening, abandoned, closing, suspect, stalled, active, "
         "guarded, unguarded"},
        {"diagnosis:ungarded", "          ~~~~~~~~", FilterProblem::NoSuchOption,
         "'ungarded' is none of its words, for example  diagnosis:unguarded; did you mean unguarded?"},
        {"idle>10x", "     ~~~", FilterProblem::NotADuration, "'10x' is no duration, for example  idle>10m"},
        {"sendq>lots", "      ~~~~", FilterProblem::NotASize, "'lots' is no number of bytes, for example  sendq>64k"},
        {"pid:x", "    ~", FilterProblem::NotANumber, "'x' is no number, for example  pid:812"},
        {"cookie:xyz", "       ~~~", FilterProblem::NotACookie,
         "'xyz' is no socket cookie in hex, for example  cookie:1d2"},
        {"fwmark = zz", "         ~~", FilterProblem::NotAMark, "'zz' is no mark, for example  fwmark = 0x1/0x3"},
        {"user>alice", "    ~", FilterProblem::WrongOperator,
         "user has no greater and no less, for example  user:alice"},
        {"dst > 10.0.0.1", "    ~", FilterProblem::WrongOperator,
         "dst has no greater and no less, for example  dst 10.0.0.0/8"},
        {"idle>1,5m", "     ~~~~", FilterProblem::SeveralCompared,
         "'1,5m' is several values, and a comparison takes one, for example  idle>10m; did you mean 1.5m?"},
        {"dport >= 22,443", "         ~~~~~~", FilterProblem::SeveralCompared,
         "'22,443' is several values, and a comparison takes one, for example  dport = :443"},
        {"diagnosis>active", "         ~", FilterProblem::WrongOperator,
         "diagnosis has no greater and no less, for example  diagnosis:unguarded"},
        {"user ge alice", "     ~~", FilterProblem::WrongOperator,
         "user has no greater and no less, for example  user:alice"},
        {"proces:firefox", "~~~~~~", FilterProblem::UnknownKey, "there is no key 'proces'; did you mean process?"},
        {"443 idel:10m", "    ~~~~", FilterProblem::UnknownKey, "there is no key 'idel'; did you mean idle?"},
        {"dprt:443", "~~~~", FilterProblem::UnknownKey, "there is no key 'dprt'; did you mean dport?"},
        {"diagnosi:guarded,suspect", "~~~~~~~~", FilterProblem::UnknownKey,
         "there is no key 'diagnosi'; did you mean diagnosis?"},
        {"queue>0", "~~~~~", FilterProblem::UnknownKey, "there is no key 'queue'; did you mean recvq>0 or sendq>0?"},
        {"queues >= 64k", "~~~~~~", FilterProblem::UnknownKey,
         "there is no key 'queues'; did you mean recvq>=64k or sendq>=64k?"},
        {"tcp.port == 443", "~~~~~~~~", FilterProblem::UnknownKey, "there is no key 'tcp.port'; did you mean port?"},
        {"ip.dst == 10.0.0.1", "~~~~~~", FilterProblem::UnknownKey, "there is no key 'ip.dst'; did you mean dst?"},
        {"port 443", "~~~~~~~~", FilterProblem::AsInTcpdump, "'port 443' is as tcpdump has it; did you mean port:443?"},
        {"tcp and portrange 20-30", "        ~~~~~~~~~~~~~~~", FilterProblem::AsInTcpdump,
         "'portrange 20-30' is as tcpdump has it; did you mean port:20-30?"},
        {"host 192.0.2.10", "~~~~~~~~~~~~~~~", FilterProblem::AsInTcpdump,
         "'host 192.0.2.10' is as tcpdump has it; did you mean host:192.0.2.10?"},
        {"not net 192.0.2.0/24", "    ~~~~~~~~~~~~~~~~", FilterProblem::AsInTcpdump,
         "'net 192.0.2.0/24' is as tcpdump has it; did you mean net:192.0.2.0/24?"},
        {"dst port 443", "~~~~~~~~~~~~", FilterProblem::AsInTcpdump,
         "'dst port 443' is as tcpdump has it; did you mean dport = :443?"},
        {"src net 10.0.0.0/8", "~~~~~~~~~~~~~~~~~~", FilterProblem::AsInTcpdump,
         "'src net 10.0.0.0/8' is as tcpdump has it; did you mean src 10.0.0.0/8?"},
        {"idle>1m<2m", "       ~", FilterProblem::Unexpected, "< cannot stand here, for example  dport = :443"},
        {"firefox and or ssh", "           ~~~", FilterProblem::MissingCondition,
         "a condition is missing after and, for example  state established"},
        {"= 5", "~", FilterProblem::Unexpected, "= cannot stand here, for example  dport = :443"},
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

/// What has a colon and is no key of ours stays a word.
TEST(FilterErrors, aWordWithAColonMayBeAnythingElse) {
    for (const char* text : {"2001:db8::1",
                             "face:b00c::1",
                             "fe80::1%eth0",
                             "::1",
                             "dead:beef",
                             "52:54:00:12:34:56",
                             "fa:ce:b0:0c:00:01",
                             "12:04",
                             "1:12:04",
                             "10.0.0.1:443",
                             "[::1]:22",
                             "*:443",
                             ":443",
                             "localhost:443",
                             "redis:6379",
                             "sorts:80",
                             "time:12",
                             "unix:443",
                             "nat:443",
                             "rtp:5004",
                             "sql:3306",
                             "ssl:443",
                             "dbus-:1.2-org.freedesktop.problems@0.service",
                             "nginx:",
                             "sshd:session",
                             "postgres:",
                             "http://example.org",
                             "a:b",
                             "\"proces:firefox\"",
                             "port ssh-server",
                             "host nginx",
                             "port",
                             "net or host",
                             "\"port\" 443",
                             "port 99999"}) {
        const Filter filter(text);
        EXPECT_FALSE(filter.error()) << text << ": " << inEnglish(sentenceOf(*filter.error()));
    }
}

TEST(FilterErrors, positionsAreCountedInCharacters) {
    EXPECT_EQ(positionOf("sport >=", 8), 9U);
    const std::string chinese = "\u706b\u72d0 or sport\uff1e\uff1d";
    const Filter filter(chinese);
    ASSERT_TRUE(filter.error());
    EXPECT_EQ(positionOf(chinese, filter.error()->from), 14U);
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
