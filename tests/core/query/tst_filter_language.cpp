// SPDX-License-Identifier: GPL-3.0-or-later
// What is found by which expression. tests/ctl/tst_ss_filters.cpp compares with ss itself.
#include "core/query/filter.h"
#include "core/query/filter_names.h"
#include "tests/core/query/filtered_machine.h"

#include <gtest/gtest.h>

#include <string>

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;

TEST(FilterLanguage, statesAndTheirGroupsAreThoseOfSs) {
    check({{"state established", "1247"},
           {"state close-wait", "3"},
           {"state established state close-wait", "12347"},
           {"state connected exclude established", "36"},
           {"exclude established", "356"},
           {"exclude established exclude listening", "36"},
           {"state bucket", "6"},
           {"state big", "123457"},
           {"state synchronized", "123467"},
           {"state all", "1234567"},
           {"state listening", "5"},
           {"state LISTEN", "5"},
           {"state estab dport = :5432", "14"},
           {"dport = :5432 state established", "14"},
           {"not state established", "356"},
           {"state established,close-wait", "12347"},
           {"state:established", "1247"},
           {"state != established", "356"},
           {"state time_wait", "6"}});
}

TEST(FilterLanguage, portsTakeEveryOperatorOfSs) {
    check({{"dport = :443", "2"},      {"dport 443", "2"},           {"dport == 443", "2"},
           {"dport eq :https", "2"},   {"dport=:443", "2"},          {"dport:443", "2"},
           {"sport = 0x1bb", "5"},     {"sport = :443", "5"},        {"dport != :443", "134567"},
           {"dport ne 443", "134567"}, {"dport neq :443", "134567"}, {"dport > :5432", "36"},
           {"dport gt :5432", "36"},   {"dport >= :5432", "1346"},   {"dport ge 5432", "1346"},
           {"dport geq 5432", "1346"}, {"dport < :443", "57"},       {"dport lt :443", "57"},
           {"dport <= :443", "257"},   {"dport le 443", "257"},      {"dport leq 443", "257"},
           {"dport = *", "1234567"},   {"dport = :*", "1234567"},    {"port:443", "25"},
           {"port:8000-9000", "3"},    {"port:22,443", "257"},       {"port!=443", "13467"},
           {"dport = 22,8080", "37"}});
}

TEST(FilterLanguage, hostsArePrefixesAndFamiliesAsInSs) {
    check({{"dst 203.0.113.9", "1"},
           {"dst = 203.0.113.9", "1"},
           {"dst 203.0.113.0/24", "14"},
           {"dst 203.0.113.9/31", "1"},
           {"dst 203.0.113.8/30", "14"},
           {"dst 203.0.113/24:5432", "14"},
           {"dst 203/8", "14"},
           {"dst 203.0.113.9:5432", "1"},
           {"dst 203.0.113.9:postgresql", "1"},
           {"dst 203.0.113.9:", "1"},
           {"dst :443", "2"},
           {"dst *:443", "2"},
           {"dst *.443", "2"},
           {"dst *", "1234567"},
           {"dst [2001:db8::9]", "3"},
           {"dst [2001:db8::9]:8080", "3"},
           {"dst [2001:db8::]/32", "3"},
           {"dst 2001:db8::/32", "3"},
           {"dst 2001:db8::9", "3"},
           {"dst 0.0.0.0/0", "124567"},
           {"dst ::/0", "37"},
           {"dst 10/8", "7"},
           {"dst inet:10.1.2.3", ""},
           {"dst [::ffff:10.1.2.3]", "7"},
           {"dst != 10.0.0.0/8", "123456"},
           {"not dst 10.0.0.0/8", "123456"},
           {"src 10.0.0.5", "12467"},
           {"address:10.0.0.0/8", "12467"},
           {"remote:2001:db8::/32", "3"},
           {"10.1.0.0/16", "7"},
           {"2001:db8::/32", "3"},
           {"*.443", "25"}});
}

TEST(FilterLanguage, connectorsAreReadFromTheLeftAsSsReadsThem) {
    check({{"dport = :443 or dport = :22", "27"},
           {"dport = :443 || dport = :22", "27"},
           {"dport = :443 | dport = :22", "27"},
           {"( dport = :443 or dport = :22 )", "27"},
           {"(dport=:443|dport=:22)", "27"},
           {"dport = :5432 and unguarded", ""},
           {"dport = :5432 && guarded", "1"},
           {"dport = :5432 & guarded", "1"},
           {"dport = :443 or dport = :5432 and guarded", "1"},
           {"dport = :443 or ( dport = :5432 and guarded )", "12"},
           {"dport = :443 or dport = :5432 guarded", "1"},
           {"not dport = :5432 and state established", "27"},
           {"! dport = :5432 state established", "27"},
           {"not not dport = :5432", "14"},
           {"! ( dport = :443 or dport = :5432 )", "3567"},
           {"NOT state established OR dport = :443", "2356"},
           {"state established '( dport = :22 or dport = :443 )'", "27"}});
}

TEST(FilterLanguage, keysHaveValuesAndComparisons) {
    check({{"process:web", "2"},
           {"process:firefox", "2"},
           {"process=psql", "1"},
           {"process=psq", ""},
           {"process!=psql", "234567"},
           {"process:\"Web Content\"", "2"},
           {"process:psql,java", "13"},
           {"process:p*l", "1"},
           {"process:none", "467"},
           {"process:812", "2"},
           {"pid:812", "2"},
           {"pid>811", "23"},
           {"pid:811,813", "13"},
           {"exe:/usr/bin/java", "3"},
           {"cmdline:orders", "3"},
           {"unit:orders.service", "3"},
           {"container:0123", "3"},
           {"container:docker", "3"},
           {"container:none", "124567"},
           {"user:alice", "123457"},
           {"user=ali", ""},
           {"uid:1000", "123457"},
           {"uid!=1000", "6"},
           {"cookie:2", "2"},
           {"cookie:2,0x3", "23"},
           {"inode:1002", "2"},
           {"inode=0", "6"},
           {"family:ipv6", "3"},
           {"diagnosis:guarded", "1"},
           {"diagnosis:guarded,suspect", "14"},
           {"diagnosis!=unguarded", "13456"},
           {"diag:unguarded", "27"},
           {"keepalive:on", "14"},
           {"keepalive:off", "237"},
           {"keepalive:own", "14"},
           {"keepalive:system", ""},
           {"timer:keepalive", "14"},
           {"timer:time-wait", "6"},
           {"timer<30s", "4"},
           {"timer:none", "2357"},
           {"unanswered>0", "4"},
           {"unanswered=2", "4"},
           {"gives-up:never", "237"},
           {"gives-up:keepalive", "14"},
           {"gives-up<1h", "146"},
           {"gives-up>1h", "237"},
           {"gives-up:none", "5"},
           {"next-probe<10s", "4"},
           {"next-probe:keepalive-probe", "14"},
           {"idle>1m", "2347"},
           {"idle>1h", ""},
           {"idle gt 1m", "2347"},
           {"keepidle=60", "14"},
           {"keepidle=1m", "14"},
           {"keepcnt<=6", "14"},
           {"sendq=0 recvq=0 state established", "1247"}});
}

TEST(FilterLanguage, wordsFindWhatCellsShow) {
    check({{"never", "237"},
           {"off", "237"},
           {"on", "124"},
           {"60/10/6", "14"},
           {"60/10", "14"},
           {"2/6", "4"},
           {"https", "25"},
           {"ssh", "7"},
           {"postgresql", "14"},
           {"closewait", "3"},
           {"timewait", "6"},
           {"time_wait", "6"},
           {"firefox", "2"},
           {"orders.jar", "3"},
           {"orders", "3"},
           {"java-worker", "3"},
           {"keepalive", "14"},
           {"give-up", "6"},
           {"guarded", "1"},
           {"psql", "1"},
           {"firefox,psql", "12"},
           {"firefox or psql", "12"},
           {"-firefox alice", "13457"},
           {"!firefox alice", "13457"},
           {"not firefox alice", "13457"},
           {"\"Web Content\"", "2"},
           {"'web content'", "2"},
           {"Web Content", "2"},
           {"usr", ""},
           {"bin", ""}});
}

/// The table has keepalive-probe, orphan-retries, (not accepted yet).
TEST(FilterLanguage, wordsThatCellsArePutTogetherOfFindThem) {
    Scripted waiting = unguarded(8);
    waiting.ownerUnknown = OwnerUnknown::NotAccepted;
    const FramePtr frame = FrameMaker{guarded(unguarded(1)), suspect(unguarded(2)),
                                      stalled(unguarded(3)), orphan(4),
                                      unguarded(5),          opening(6),
                                      timeWait(7),           waiting}
                               .build();
    EXPECT_EQ(found(*frame, "probe"), "123");
    EXPECT_EQ(found(*frame, "window"), "3");
    EXPECT_EQ(found(*frame, "accepted"), "8");
    EXPECT_EQ(found(*frame, "\"accepted yet\""), "8");
    EXPECT_EQ(found(*frame, "orphan"), "4");
    EXPECT_EQ(found(*frame, "syn"), "6");
    EXPECT_EQ(found(*frame, "wait"), "47") << "FIN-WAIT-1 as well";
    for (const char* part : {"prob", "ccepted", "windo", "retrie", "7200", "75"})
        EXPECT_EQ(found(*frame, part), "") << part << " is no word of theirs";
}

TEST(FilterLanguage, fullWidthSignsOfAnInputMethodCount) {
    check({{"\uff08dport\uff1d\uff1a443 or dport\uff1d\uff1a22\uff09", "27"},
           {"process\uff1apsql\uff0cjava", "13"},
           {"\uff01firefox\u3000alice", "13457"},
           {"pid\u2265812", "23"},
           {"pid \u2264 812", "125"},
           {"dport\u2260443", "134567"}});
    const Filter wrong("pid\u2265x");
    ASSERT_TRUE(wrong.error());
    EXPECT_EQ(wrong.error()->from, 6U) << "one sign, of three bytes";
}

TEST(FilterLanguage, wordsOfTheScreenStandForThoseOfTheLanguage) {
    FilterNames names;
    names.words = {{"\u65e0\u4fdd\u6d3b", "unguarded"}, {"\u6c38\u4e0d\u653e\u5f03", "never"}, {"\u5173", "off"}};
    names.keys = {{"\u8bca\u65ad", "diagnosis"}};
    EXPECT_EQ(found(machine(), "\u65e0\u4fdd\u6d3b", names), "27");
    EXPECT_EQ(found(machine(), "\u6c38\u4e0d", names), "237");
    EXPECT_EQ(found(machine(), "\u5173", names), "237");
    EXPECT_EQ(found(machine(), "\u8bca\u65ad:\u65e0\u4fdd\u6d3b", names), "27");
    EXPECT_EQ(found(machine(), "\u65e0\u4fdd\u6d3b \u5173 -:22", names), "2");
    // as for the language's own words, its beginning is enough, and each key has its own
    EXPECT_EQ(found(machine(), "\u8bca\u65ad:\u65e0", names), "27");
    EXPECT_EQ(found(machine(), "gives-up:\u6c38\u4e0d", names), "237");
    names.words.push_back({"\u4fdd\u6d3b", "keepalive"});
    names.words.push_back({"\u4fdd\u6d3b", "keepalive-probe"});
    names.words.push_back({"\u65e0", "none"});
    EXPECT_EQ(found(machine(), "timer:\u4fdd\u6d3b", names), "14");
    EXPECT_EQ(found(machine(), "next-probe:\u4fdd\u6d3b", names), "14");
    EXPECT_EQ(found(machine(), "\u8bca\u65ad:\u65e0", names), "27");
    EXPECT_EQ(found(machine(), "timer:\u65e0", names), "2357");
    EXPECT_EQ(found(machine(), "process:\u65e0", names), "467");
}

TEST(FilterLanguage, servicesOfTheMachineAreAdded) {
    FilterNames names;
    names.services.addFile(
        "# a comment\nssh 2222/tcp\nbackup\t9102/tcp bacula # and another\nonly 9102/udp\nwrong\n\n70 x/tcp");
    EXPECT_EQ(names.services.portOf("SSH"), 2222);
    EXPECT_EQ(names.services.portOf("bacula"), 9102);
    EXPECT_EQ(names.services.nameOf(9102), "backup");
    EXPECT_EQ(names.services.portOf("only"), std::nullopt);
    EXPECT_EQ(names.services.portOf("https"), 443);
}

TEST(FilterLanguage, hostsAreThoseThatWereResolved) {
    FilterNames names;
    names.hosts["db.example.com"] = {*IpAddress::parse("203.0.113.9"), *IpAddress::parse("2001:db8::9")};
    EXPECT_EQ(found(machine(), "dst db.example.com", names), "13");
    EXPECT_EQ(found(machine(), "dst db.example.com:5432", names), "1");
    const Filter unknown("dst other.example.com", names);
    ASSERT_TRUE(unknown.error());
    EXPECT_EQ(unknown.error()->problem, FilterProblem::UnknownHost);
    EXPECT_EQ(unknown.error()->word, "other.example.com");
}

TEST(FilterLanguage, whatOnlyTheKernelTellsIsAskedOfIt) {
    const Filter filter("autobound or fwmark = 0x1/0x3");
    ASSERT_EQ(filter.questions().size(), 2U);
    EXPECT_EQ(filter.questions()[1], (KernelQuestion{KernelFact::Mark, 1, 3, {}}));
    Frame frame = machine();
    frame.kernelAnswers = {{filter.questions()[0], {{1}, {2}}, {40002, 40009}}, {filter.questions()[1], {{5}}, {}}};
    EXPECT_EQ(found(frame, "fwmark = 0x1/0x3"), "5");
    EXPECT_EQ(found(frame, "fwmark != 1/3"), "123467");
    // ss lets a socket pass only where the kernel and the number of its port agree
    EXPECT_EQ(found(frame, "autobound"), "2");
    EXPECT_EQ(found(frame, "not autobound"), "5");
}

} // namespace
} // namespace halfopen
