// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/table.h"
#include "tests/frames/frame_maker.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace halfopen {
namespace {

using namespace test;

std::string table(const Frame& frame, std::string_view ids, TableStyle style = {}) {
    std::string text;
    writeTable(frame, *selectColumns(ids), style, [&](std::string_view piece) {
        text += piece;
        return true;
    });
    return text;
}

std::string csv(const Frame& frame, std::string_view ids) {
    std::string text;
    writeCsv(frame, *selectColumns(ids), [&](std::string_view piece) {
        text += piece;
        return true;
    });
    return text;
}

/// Held by process 7, called so.
Scripted heldBy(std::uint64_t cookie, std::string name) {
    Scripted row = unguarded(cookie);
    row.owners = {{7, 3, std::move(name)}};
    return row;
}

TEST(Table, columnsAreAsWideAsTheirWidestCell) {
    const Frame frame = makeFrame({owned(1), owned(2, "10.1.1.1", 22)});
    EXPECT_EQ(table(frame, "remote,recvq,state"), "Remote            Recv-Q  State\n"
                                                  "198.51.100.7:443       0  ESTABLISHED\n"
                                                  "10.1.1.1:22            0  ESTABLISHED\n");
}

TEST(Table, colourComesOnlyWhereAskedFor) {
    const Frame frame = makeFrame({owned(1)});
    EXPECT_EQ(table(frame, "state").find('\x1b'), std::string::npos);
    EXPECT_NE(table(frame, "state", {.colour = true}).find('\x1b'), std::string::npos);
}

TEST(Table, controlCharactersInNamesDoNotReachTheTerminal) {
    const Frame frame = makeFrame({heldBy(1, "evil\x1b[2Jname")});
    EXPECT_EQ(table(frame, "process").find('\x1b'), std::string::npos);
}

TEST(Table, wideCharactersTakeTwoPlacesAndMarksNone) {
    const Frame frame =
        makeFrame({heldBy(1, "\xe6\x97\xa5\xe6\x9c\xac"), heldBy(2, "abcd"), heldBy(3, "e\xcc\x81zzz")});
    EXPECT_EQ(table(frame, "process,recvq", {.header = false}), "\xe6\x97\xa5\xe6\x9c\xac 7  0\n"
                                                                "abcd 7  0\n"
                                                                "e\xcc\x81zzz 7  0\n");
    EXPECT_EQ(table(frame, "process", {.header = false, .maxRows = 1, .width = 3}), "\xe6\x97\xa5\n");
}

TEST(Table, isInALanguageAndAsWideAsItsWords) {
    const Language some([](std::string_view english) -> std::string_view {
        return english == "Recv-Q" ? "\xe6\x97\xa5\xe6\x9c\xac" : english == "off" ? "\xe5\x85\xb3" : english;
    });
    const Frame frame = makeFrame({unguarded(1)});
    EXPECT_EQ(table(frame, "recvq,keepalive,state", {.language = some}), "\xe6\x97\xa5\xe6\x9c\xac  Keepalive  State\n"
                                                                         "   0  \xe5\x85\xb3         ESTABLISHED\n");
    EXPECT_EQ(csv(frame, "recvq,keepalive"), "receive_queue_bytes,keepalive\n0,off\n");
}

TEST(Table, equalAddressesOnTwoLinksAreTwoLines) {
    Scripted onA = owned(1, "fe80::b", 22);
    onA.connection.interface = 7;
    Scripted nameless = owned(2, "fe80::b", 22);
    nameless.connection.interface = 8;
    FrameMaker maker{onA, nameless};
    maker.machine.interfaces = {{7, "v\x1b[7mA"}};
    const Frame frame = *maker.build();
    EXPECT_EQ(table(frame, "remote", {.header = false}), "[fe80::b%v?[7mA]:22\n[fe80::b%8]:22\n");
    EXPECT_EQ(csv(frame, "remote"), "remote\n[fe80::b%v?[7mA]:22\n[fe80::b%8]:22\n");
}

TEST(Table, aUserTimeoutIsToldInItsUnit) {
    Scripted row = owned(1);
    row.options = exactOptions(7200, 75, 9, Switch::Off);
    row.options->userTimeout = Millis(4);
    Scripted none = owned(2);
    none.options = exactOptions(7200, 75, 9, Switch::Off);
    const Frame frame = makeFrame({row, none, owned(3)});
    EXPECT_EQ(table(frame, "usertimeout", {.header = false}), "4 ms\n    \n    \n");
    EXPECT_EQ(csv(frame, "usertimeout"), "user_timeout_ms\n4\n0\n\n") << "exact: none; not read: not known";
}

TEST(Table, longLinesAreCutToTheTerminal) {
    const std::string text = table(makeFrame({owned(1)}), "remote,state", {.header = false, .width = 10});
    EXPECT_EQ(text, "198.51.100\n");
}

TEST(Table, namesInAnyScriptTakeTheirPlaces) {
    const Frame frame = makeFrame({heldBy(1, "b\u00fcro"), heldBy(2, "office")});
    EXPECT_EQ(table(frame, "process,recvq", {.header = false}), "b\u00fcro 7    0\noffice 7  0\n");
}

TEST(Table, aLongTableIsWholeAndMayWidenLateOnly) {
    constexpr std::size_t kRows = 40'000;
    std::vector<Scripted> rows;
    for (std::uint64_t cookie = 1; cookie <= kRows; ++cookie)
        rows.push_back(owned(cookie, "1.1.1.1", 1));
    rows.back().connection.remote = endpoint("198.51.100.100", 65535);
    const std::string text = table(makeFrame(std::move(rows)), "remote,recvq", {.header = false});
    EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(text, '\n')), kRows);
    EXPECT_TRUE(text.starts_with("1.1.1.1:1  0\n1.1.1.1:1  0\n"));
    EXPECT_TRUE(text.ends_with("1.1.1.1:1             0\n198.51.100.100:65535  0\n"));
}

TEST(Table, keepaliveMarksWhatWasNotRead) {
    KeepaliveOptions options{.idleSeconds = 60, .intervalSeconds = 10, .probes = 6};
    options.enabled = Switch::On;
    options.idleFrom = Provenance::Exact;
    options.intervalFrom = Provenance::Inferred;
    options.enabledFrom = Provenance::Derived; // by the timer
    EXPECT_EQ(keepaliveText(options), "on 60/~10/~6");
    options.enabled = Switch::Off;
    EXPECT_EQ(keepaliveText(options), "off");
    options.enabledFrom = Provenance::Inferred;
    EXPECT_EQ(keepaliveText(options), "~off");
    options.enabled = Switch::Unknown;
    EXPECT_EQ(keepaliveText(options), "?");
}

TEST(Csv, quotesWhatNeedsIt) {
    const Frame frame = makeFrame({heldBy(1, "a,\"b\"")});
    EXPECT_EQ(csv(frame, "cookie,process,givesup"), "cookie,processes,gives_up_ms\n0x1,\"a,\"\"b\"\":7:3\",\n");
}

TEST(Csv, unitAndContainerStandBesideTheNamespace) {
    Frame frame = makeFrame({owned(1), owned(2)});
    NetnsContext netns = *frame.namespaces.front();
    netns.name = "web";
    frame.namespaces.front() = std::make_shared<const NetnsContext>(netns);
    const std::string id(64, 'a');
    const ProcessUnit unit{"db.service", false, "docker", id, ""};
    frame.rows[0].connection.cgroup = 7;
    frame.units = std::make_shared<const CgroupUnits>(CgroupUnits{{7, std::make_shared<const ProcessUnit>(unit)}});
    EXPECT_EQ(csv(frame, "cookie,netns,unit,container"),
              "cookie,netns,unit,container\n0x1,web,db.service," + id + "\n0x2,web,,\n");
    EXPECT_EQ(table(frame, "container"), "Container\ndocker aaaaaaaaaaaa\n\n");
    EXPECT_TRUE(usualCsvColumns().starts_with(usualColumns()));
    EXPECT_TRUE(usualCsvColumns().ends_with(",netns,unit,container,netnscookie"));
}

TEST(Columns, unknownIdIsAUsageErrorThatNamesThemAll) {
    const auto columns = selectColumns("state,colour");
    ASSERT_FALSE(columns);
    EXPECT_EQ(columns.error().code, ErrorCode::Usage);
    EXPECT_NE(inEnglish(columns.error()).find("colour"), std::string::npos);
    EXPECT_NE(inEnglish(columns.error()).find("givesup"), std::string::npos);
}

TEST(Columns, everyIdCanBeSelected) {
    const auto refused = selectColumns("nonsense");
    ASSERT_FALSE(refused);
    std::string all = std::get<std::string>(refused.error().sentence.arguments().at(1).value);
    std::erase(all, ' ');
    const auto selected = selectColumns(all);
    ASSERT_TRUE(selected) << all;
    ASSERT_EQ(selected->size(), 1U + static_cast<std::size_t>(std::ranges::count(all, ','))) << all;
    std::string ids;
    for (const auto& column : *selected)
        ids += (ids.empty() ? "" : ",") + std::string(column->id);
    EXPECT_EQ(ids, all);
}

} // namespace
} // namespace halfopen
