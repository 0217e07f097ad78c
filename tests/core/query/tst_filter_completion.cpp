// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/cell_conditions.h"
#include "core/query/filter.h"
#include "core/query/filter_completion.h"
#include "tests/frames/frame_maker.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

namespace halfopen {
namespace {

using namespace test;

const Frame& machine() {
    static const Frame frame = [] {
        Scripted web = owned(2);
        web.owners.front().name = "Web Content";
        FrameMaker maker{guarded(owned(1, "203.0.113.9", 5432)),
                         web,
                         owned(3),
                         suspect(4),
                         listening(5, "0.0.0.0", 22),
                         timeWait(6)};
        return *maker.build();
    }();
    return frame;
}

/// What is offered where '|' stands: the whole text with each taken, and how often it is there.
std::string offered(std::string text) {
    const auto caret = text.find('|');
    text.erase(caret, 1);
    const Completions found = completionsFor(text, caret, machine(), usualNames());
    std::string all;
    for (const Completion& one : found.all) {
        all += all.empty() ? "" : ", ";
        all += text.substr(0, found.from) + one.text + text.substr(found.to);
        all += one.note.empty() ? "" : " " + one.note;
        all += one.count ? fmt::format(" ({})", *one.count) : "";
    }
    return all;
}

TEST(FilterCompletion, valuesAreThoseThatAreOpenNowTheMostFrequentFirst) {
    EXPECT_EQ(offered("dport = |"), "dport = https (4), dport = postgresql (1)");
    EXPECT_EQ(offered("dport = h|"), "dport = https (4)");
    EXPECT_EQ(offered("dport:po|"), "dport:postgresql (1)");
    EXPECT_EQ(offered("state |"), "state established (4), state listen (1), state time-wait (1)");
    EXPECT_EQ(offered("unguarded state est|"), "unguarded state established (4)");
    EXPECT_EQ(offered("diagnosis:|"),
              "diagnosis:unguarded (2), diagnosis:closing (1), diagnosis:guarded (1), diagnosis:listening (1), "
              "diagnosis:suspect (1)");
    EXPECT_EQ(offered("diagnosis:guarded,su|"), "diagnosis:guarded,suspect (1)");
    EXPECT_EQ(offered("process:|"), "process:\"Web Content\" (1), process:p1 (1), process:p3 (1), process:p5 (1)");
    EXPECT_EQ(offered("process=w|"), "process=\"Web Content\" (1)");
    EXPECT_EQ(offered("dst 203|"), "dst 203.0.113.9 (1)");
    EXPECT_EQ(offered("keepalive:o|"), "keepalive:off (2), keepalive:on (2), keepalive:own (2)");
}

TEST(FilterCompletion, aPortIsFoundByItsNumberToo) {
    EXPECT_EQ(offered("dport = :4|"), "dport = :443 https (4)");
    EXPECT_EQ(offered("dport = 54|"), "dport = 5432 postgresql (1)");
    EXPECT_EQ(offered("dport >= :54|"), "dport >= :5432 postgresql (1)");
    EXPECT_EQ(offered("unguarded and ( dport = :4| )"), "unguarded and ( dport = :443 ) https (4)");
    EXPECT_EQ(offered("dport:4|"), "dport:443 https (4)");
    EXPECT_EQ(offered("dport:5432,4|"), "dport:5432,443 https (4)");
    EXPECT_EQ(offered("sport = :2|"), "sport = :22 ssh (1)");
    EXPECT_EQ(offered("dport = :9|"), "");
    EXPECT_EQ(offered(":5|").substr(0, 23), ":5432 postgresql (1)");
    EXPECT_EQ(offered("dst :54|"), "dst :5432 postgresql (1)");
    EXPECT_EQ(offered("dst 203.0.113.9:|"), "dst 203.0.113.9:5432 (1)");
    EXPECT_EQ(offered("dport = :po|"), "dport = postgresql (1)");
}

TEST(FilterCompletion, keysAndWordsBeginAsWhatWasTyped) {
    EXPECT_EQ(offered("gi|"), "gives-up:");
    EXPECT_EQ(offered("unguarded spo|"), "unguarded sport ");
    EXPECT_EQ(offered("(dpo|"), "(dport ");
    EXPECT_EQ(offered("ungu|"), "unguarded");
    EXPECT_EQ(offered("|"), "");
    EXPECT_EQ(offered("\"ungu|"), "");
    EXPECT_EQ(offered("xyzzy|"), "");
}

TEST(CellConditions, findTheRowThatTheyAreOf) {
    for (const Row& row : machine().rows) {
        for (int column = static_cast<int>(SortKey::Diagnosis); column <= static_cast<int>(SortKey::RateReceived);
             ++column) {
            for (const std::string& condition : conditionsOf(machine(), row, static_cast<SortKey>(column))) {
                const Filter filter(condition);
                EXPECT_FALSE(filter.error()) << condition;
                EXPECT_TRUE(filter.matches(row, machine())) << condition;
                EXPECT_FALSE(Filter("not " + condition).matches(row, machine())) << condition;
            }
        }
    }
    EXPECT_EQ(conditionsOf(machine(), machine().rows.front(), SortKey::Remote),
              (std::vector<std::string>{"dst 203.0.113.9:5432", "dst 203.0.113.9", "dport = :5432"}));
    EXPECT_EQ(conditionsOf(machine(), machine().rows[1], SortKey::Process).back(), "process=\"Web Content\"");
}

} // namespace
} // namespace halfopen
