// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/cell_conditions.h"
#include "core/query/filter.h"
#include "core/query/group_keys.h"
#include "core/query/order.h"
#include "tests/frames/frame_maker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace halfopen {
namespace {

using namespace test;

/// Two nginx, one of them suspect; three of psql, all guarded; one of nobody; a TIME-WAIT.
Frame machine() {
    return makeFrame({ofProgram(guarded(unguarded(1)), 12, "psql"), ofProgram(unguarded(2), 11, "nginx"),
                      ofProgram(guarded(unguarded(3)), 12, "psql"), unguarded(4), timeWait(5),
                      ofProgram(guarded(unguarded(6)), 13, "psql"), ofProgram(suspect(unguarded(7)), 11, "nginx")});
}

const Arrangement& arranged(Frame& frame, const Query& query) {
    frame.query = query;
    arrange(frame);
    return frame;
}

std::string line(const Frame& frame, std::uint32_t line) {
    const Group* group = frame.groupOf(line);
    if (!group)
        return "  " + std::to_string(frame.rows[line].connection.cookie);
    const std::string name = group->kind == Group::Kind::TimeWait  ? "TIME-WAIT"
                             : group->kind == Group::Kind::Missing ? "none"
                                                                   : nameOf(frame, *group);
    return name + ' ' + std::to_string(group->count);
}

/// The lines of the table, groups by their name and count, rows by their cookie.
std::vector<std::string> picture(Frame& frame, const Query& query) {
    std::vector<std::string> lines;
    for (const std::uint32_t one : arranged(frame, query).table())
        lines.push_back(line(frame, one));
    return lines;
}

using Lines = std::vector<std::string>;

TEST(Groups, standAsTheirFirstMembersDoAndHideThem) {
    Frame frame = machine();
    EXPECT_EQ(picture(frame, {.grouping = {.by = GroupBy::Program}}), (Lines{"nginx 2", "none 2", "psql 3"}));
    EXPECT_EQ(frame.shown.size(), 7U) << "what is in a group that is not expanded is shown all the same";
    EXPECT_EQ(picture(frame, {.descending = true, .grouping = {.by = GroupBy::Program}}),
              (Lines{"none 2", "psql 3", "nginx 2"}));
}

TEST(Groups, expandedOnesShowTheirMembersInTheQuerysOrder) {
    Frame frame = machine();
    EXPECT_EQ(picture(frame, {.grouping = {.by = GroupBy::Program, .foldTimeWait = true, .expanded = true}}),
              (Lines{"nginx 2", "  7", "  2", "none 1", "  4", "psql 3", "  1", "  3", "  6", "TIME-WAIT 1", "  5"}));
    Query query{.grouping = {.by = GroupBy::Program, .sort = GroupSort::Count}};
    arranged(frame, query);
    query.grouping.setExpanded(frame.groups.front().key, true);
    EXPECT_EQ(picture(frame, query), (Lines{"psql 3", "  1", "  3", "  6", "nginx 2", "none 2"}));
}

TEST(Groups, standByTheirWorstTheirSizeOrTheirName) {
    Frame frame = machine();
    const auto by = [&](GroupSort sort) {
        return picture(frame, {.sort = SortKey::Local, .grouping = {.by = GroupBy::Process, .sort = sort}});
    };
    EXPECT_EQ(by(GroupSort::Worst), (Lines{"nginx 11 2", "none 2", "psql 12 2", "psql 13 1"}));
    EXPECT_EQ(by(GroupSort::Count), (Lines{"nginx 11 2", "psql 12 2", "none 2", "psql 13 1"}));
    EXPECT_EQ(by(GroupSort::Name), (Lines{"nginx 11 2", "psql 12 2", "psql 13 1", "none 2"}));
}

TEST(Groups, timeWaitsAloneFoldBehindAllRows) {
    Frame frame = makeFrame({timeWait(1), listening(2), timeWait(3), unguarded(4)});
    EXPECT_EQ(picture(frame, {.grouping = {.foldTimeWait = true}}), (Lines{"  4", "  2", "TIME-WAIT 2"}));
    EXPECT_EQ(picture(frame, {.filter = "listening", .grouping = {.foldTimeWait = true}}), Lines{"  2"});
    EXPECT_EQ(picture(frame, {.grouping = {.by = GroupBy::State, .foldTimeWait = true}}),
              (Lines{"ESTABLISHED 1", "TIME-WAIT 2", "LISTEN 1"}));
}

TEST(Groups, sayWhatTheirMembersAre) {
    Frame frame = machine();
    arranged(frame, {.grouping = {.by = GroupBy::Program}});
    const Group& nginx = frame.groups.at(0);
    EXPECT_EQ(nginx.counts[static_cast<std::size_t>(Diagnosis::Suspect)], 1U);
    EXPECT_EQ(nginx.counts[static_cast<std::size_t>(Diagnosis::Unguarded)], 1U);
    EXPECT_EQ(frame.rows[nginx.worst].connection.cookie, 7U);
    EXPECT_EQ(frame.rows[nginx.next].connection.cookie, 7U);
    EXPECT_EQ(frame.rows[nginx.ends].connection.cookie, 7U);
    EXPECT_EQ(nginx.never, 1U);
    EXPECT_EQ(nginx.keepaliveOn, 1U);
    EXPECT_EQ(frame.groups.at(2).keepaliveOn, 3U);
    EXPECT_EQ(frame.groups.at(2).members(), 3U);
}

TEST(Groups, sumUpQueuesButThoseOfListeners) {
    Scripted a = unguarded(1), b = unguarded(2), listener = listening(3);
    a.connection.receiveQueue = 100;
    b.connection.receiveQueue = 23;
    listener.connection.receiveQueue = 7;
    Frame frame = makeFrame({a, b, listener});
    arranged(frame, {.grouping = {.by = GroupBy::Netns}});
    ASSERT_EQ(frame.groups.size(), 1U);
    EXPECT_EQ(frame.groups[0].receiveQueue, 123U);
}

TEST(Groups, keysOutliveTheirRows) {
    Frame first = makeFrame({ofProgram(unguarded(1), 11, "nginx")});
    Frame second = makeFrame({ofProgram(unguarded(2), 12, "psql"), ofProgram(unguarded(9), 77, "nginx")});
    const Query query{.grouping = {.by = GroupBy::Program, .sort = GroupSort::Name}};
    EXPECT_EQ(arranged(first, query).groups[0].key, arranged(second, query).groups[0].key);
    EXPECT_NE(second.groups[0].key, second.groups[1].key);
}

TEST(Groups, netsAreOfThoseWhoBeginAlike) {
    Frame frame = makeFrame({unguarded(1, "192.0.2.1"), unguarded(2, "192.0.2.200"), unguarded(3, "192.0.3.1"),
                             unguarded(4, "2001:db8::1"), unguarded(5, "2001:db8::ffff:1"),
                             unguarded(6, "2001:db8:0:1::1"), listening(7)});
    EXPECT_EQ(picture(frame, {.grouping = {.by = GroupBy::RemoteNet, .sort = GroupSort::Name}}),
              (Lines{"192.0.2.0/24 2", "192.0.3.0/24 1", "2001:db8:0:1::/64 1", "2001:db8::/64 2", "none 1"}));
    EXPECT_EQ(picture(frame, {.grouping = {.by = GroupBy::RemoteHost}}).size(), 7U);
}

TEST(Groups, unitsAndContainersAreTold) {
    const auto unit = std::make_shared<const ProcessUnit>(ProcessUnit{.unit = "nginx.service"});
    const auto container =
        std::make_shared<const ProcessUnit>(ProcessUnit{.runtime = "docker", .container = std::string(64, 'a')});
    Frame frame = makeFrame({ofProgram(unguarded(1), 11, "nginx", unit), ofProgram(unguarded(2), 12, "nginx", unit),
                             ofProgram(unguarded(3), 13, "nginx", container), unguarded(4)});
    EXPECT_EQ(picture(frame, {.grouping = {.by = GroupBy::Unit}}),
              (Lines{"nginx.service 2", "docker aaaaaaaaaaaa 1", "none 1"}));
    EXPECT_EQ(picture(frame, {.grouping = {.by = GroupBy::User}}), Lines{"alice 4"});
}

TEST(Groups, theServiceIsWhatSomebodyListensOnElseWhatThePeerOffers) {
    Scripted served = unguarded(1, "198.51.100.7", 50000);
    served.connection.local.port = 8000;
    Scripted named = unguarded(2, "198.51.100.7", 50001); // nobody listens any more
    named.connection.local.port = 22;
    Frame frame = makeFrame({served, named, unguarded(3), unguarded(4, "198.51.100.7", 40123), listening(5)});
    EXPECT_EQ(picture(frame, {.grouping = {.by = GroupBy::Service, .sort = GroupSort::Name}}),
              (Lines{"40123 1", "8000 2", "https 1", "ssh 1"}));
}

TEST(Groups, thoseThatAreGoneAreMembersButNotCounted) {
    FrameSeries series;
    series.next({ofProgram(unguarded(1), 11, "nginx"), ofProgram(unguarded(2), 11, "nginx")});
    const Query query{.grouping = {.by = GroupBy::State}};
    FramePtr frame;
    for (int sample = 0; sample < 2; ++sample) // one that lacks it is none yet
        frame = series.next(
            {.connections = {later(ofProgram(unguarded(1), 11, "nginx"), std::chrono::seconds(sample + 1))}}, query);
    ASSERT_EQ(frame->groups.size(), 1U);
    EXPECT_EQ(frame->groups[0].members(), 2U);
    EXPECT_EQ(frame->groups[0].count, 1U);
    EXPECT_EQ(frame->rows[frame->groups[0].worst].connection.cookie, 1U);
}

TEST(Groups, areManyWithoutLosingOne) {
    std::vector<Scripted> many;
    for (std::uint64_t cookie = 1; cookie <= 3000; ++cookie)
        many.push_back(
            unguarded(cookie, "10." + std::to_string(cookie % 250) + '.' + std::to_string(cookie / 250) + ".1"));
    Frame frame = makeFrame(many);
    arranged(frame, {.grouping = {.by = GroupBy::RemoteHost}});
    EXPECT_EQ(frame.groups.size(), 3000U);
    EXPECT_EQ(frame.groups.back().end, 3000U);
}

TEST(Grouping, wordsAreRead) {
    for (std::size_t by = 0; by < kGroupByCount; ++by)
        EXPECT_EQ(groupByOf(toString(static_cast<GroupBy>(by))), static_cast<GroupBy>(by));
    EXPECT_EQ(groupByOf("container"), GroupBy::Unit);
    EXPECT_EQ(groupByOf("colour"), std::nullopt);
}

TEST(Grouping, allAreExpandedButThoseThatWereCollapsed) {
    Grouping grouping;
    grouping.setExpanded(7, true);
    grouping.setExpanded(7, true);
    EXPECT_TRUE(grouping.isExpanded(7));
    EXPECT_FALSE(grouping.isExpanded(8));
    grouping.setExpanded(7, false);
    EXPECT_EQ(grouping, Grouping());
    grouping.setAllExpanded(true);
    grouping.setExpanded(8, false);
    EXPECT_TRUE(grouping.isExpanded(7));
    EXPECT_FALSE(grouping.isExpanded(8));
}

TEST(Groups, haveTheConditionThatListsThem) {
    const Frame frame = machine();
    for (std::size_t by = 1; by < kGroupByCount; ++by) {
        Query query{.sort = SortKey::Kernel, .grouping = {.by = static_cast<GroupBy>(by)}};
        for (const Group& group : arrangementFor(frame, query).groups) {
            const auto condition = conditionOf(frame, group);
            if (!condition) {
                EXPECT_EQ(group.kind, Group::Kind::Missing) << by;
                continue;
            }
            Query listing;
            listing.filter = *condition;
            ASSERT_EQ(filterOf(listing).error(), nullptr) << *condition;
            EXPECT_EQ(arrangementFor(frame, listing).shown.size(), group.members()) << *condition;
            listing.filter = "not " + *condition;
            EXPECT_EQ(arrangementFor(frame, listing).shown.size(), frame.rows.size() - group.members()) << *condition;
        }
    }
}

TEST(Groups, ofTimeWaitsHaveTheirStateForACondition) {
    const Frame frame = machine();
    const auto groups = arrangementFor(frame, {.grouping = {.foldTimeWait = true}}).groups;
    ASSERT_EQ(groups.size(), 1U);
    EXPECT_EQ(conditionOf(frame, groups.front()), "state:time-wait");
}

TEST(Groups, ofContainersAreListedByUnitAndContainer) {
    const auto unit = [](std::string name, std::string container) {
        return std::make_shared<const ProcessUnit>(
            ProcessUnit{.unit = std::move(name), .runtime = container.empty() ? "" : "podman", .container = container});
    };
    const Frame frame = makeFrame({ofProgram(unguarded(1), 11, "a", unit("web.service", "")),
                                   ofProgram(unguarded(2), 12, "b", unit("", "0123456789ab")),
                                   ofProgram(unguarded(3), 13, "c", unit("web.service", "fedcba987654"))});
    std::vector<std::string> conditions;
    for (const Group& group : arrangementFor(frame, {.grouping = {.by = GroupBy::Unit}}).groups)
        conditions.push_back(conditionOf(frame, group).value_or("none"));
    std::ranges::sort(conditions);
    EXPECT_EQ(conditions, (Lines{"( unit=\"web.service\" and container=\"fedcba987654\" )",
                                 "container=\"0123456789ab\"", "unit=\"web.service\""}));
}

/// Equal addresses on two links are two hosts.
TEST(Groups, ofLinkLocalHostsAreToldApartByTheirZone) {
    const auto onLink = [](std::uint64_t cookie, std::uint32_t interface) {
        Scripted one = unguarded(cookie, "fe80::b");
        one.connection.local = endpoint("fe80::a", 40000);
        one.connection.interface = interface;
        return one;
    };
    FrameMaker maker{onLink(1, 2), onLink(2, 3), onLink(3, 3)};
    maker.machine.interfaces = {{2, "eth0"}, {3, "$(reboot)"}}; // names are chosen by others
    Frame frame = *maker.build();
    EXPECT_EQ(picture(frame, {.grouping = {.by = GroupBy::RemoteHost}}),
              (Lines{"fe80::b%$(reboot) 2", "fe80::b%eth0 1"}));
    EXPECT_EQ(picture(frame, {.grouping = {.by = GroupBy::RemoteNet}}),
              (Lines{"fe80::/64%$(reboot) 2", "fe80::/64%eth0 1"}));
    for (const GroupBy by : {GroupBy::RemoteHost, GroupBy::RemoteNet})
        for (const Group& group : arrangementFor(frame, {.grouping = {.by = by}}).groups) {
            Query listing;
            listing.filter = conditionOf(frame, group).value_or("");
            EXPECT_EQ(listing.filter.find('$'), std::string::npos) << listing.filter;
            ASSERT_EQ(filterOf(listing).error(), nullptr) << listing.filter;
            EXPECT_EQ(arrangementFor(frame, listing).shown.size(), group.members()) << listing.filter;
        }
    for (const Row& row : frame.rows)
        for (const std::string& condition : conditionsOf(frame, row, SortKey::Remote)) {
            if (condition.find("dst") != 0)
                continue;
            Query listing;
            listing.filter = condition;
            EXPECT_EQ(arrangementFor(frame, listing).shown.size(), row.connection.interface == 2 ? 1U : 2U)
                << condition;
        }
}

} // namespace
} // namespace halfopen
