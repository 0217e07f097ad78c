// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/json.h"
#include "core/model/settings.h"
#include "tests/frames/frame_maker.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace halfopen {
namespace {

using namespace test;
using nlohmann::json;

json whole(const Frame& frame) {
    std::string text;
    EXPECT_TRUE(writeFrameJson(frame, {"here", "6.18.44"}, [&](std::string_view piece) {
        text += piece;
        return true;
    }));
    return json::parse(text);
}

TEST(Json, frameHasTheKeysOfTheContract) {
    FrameMaker maker{owned(0x1d2)};
    maker.machine.sysctls.hasRtoMax = true;
    const json out = whole(*maker.build());
    EXPECT_EQ(out["schema"], 1);
    EXPECT_EQ(out["host"], "here");
    EXPECT_EQ(out["netns"], 4026531840);
    EXPECT_EQ(out["hz"], 250);
    EXPECT_EQ(out["phase"], "exact");
    EXPECT_EQ(out["taken_ns"], 3'600'000'000'000'000);
    EXPECT_EQ(out["sysctl"]["tcp_keepalive_time"], 7200);
    EXPECT_EQ(out["sysctl"]["tcp_rto_max_ms"], 120000);
    EXPECT_FALSE(out["sysctl"].contains("tcp_syn_linear_timeouts"));
    ASSERT_EQ(out["connections"].size(), 1U);
    const json& c = out["connections"][0];
    EXPECT_EQ(c["cookie"], "0x1d2");
    EXPECT_EQ(c["family"], "ipv4");
    EXPECT_EQ(c["remote"], (json{{"address", "198.51.100.7"}, {"port", 443}}));
    EXPECT_EQ(c["state"], "ESTABLISHED");
    EXPECT_EQ(c["diagnosis"], "unguarded");
    EXPECT_EQ(c["user"], "alice");
    EXPECT_EQ(c["interface"], nullptr);
    EXPECT_EQ(c["processes"][0]["pid"], 566);
    EXPECT_EQ(c["processes_unknown"], nullptr);
    EXPECT_EQ(c["keepalive_unread"], nullptr);
    EXPECT_EQ(c["keepalive"]["enabled"], (json{{"value", false}, {"provenance", "derived"}}));
    EXPECT_EQ(c["forecast"]["never"], true);
    EXPECT_EQ(c["forecast"]["next"], nullptr);
    EXPECT_EQ(c["forecast"]["gives_up"], nullptr);
    EXPECT_EQ(c["forecast"]["allowed"], nullptr);
    EXPECT_EQ(c["tcp"]["rtt_us"], 1500);
}

TEST(Json, theContainerOfASocketIsToldAlsoWhereItsProcessIsNot) {
    Frame frame = makeFrame({unguarded(1), unguarded(2)});
    frame.rows[0].connection.cgroup = 7;
    ProcessUnit pod;
    pod.runtime = "cri-o";
    pod.container = "0123";
    pod.pod = "89ab";
    frame.units = std::make_shared<const CgroupUnits>(CgroupUnits{{7, std::make_shared<const ProcessUnit>(pod)}});
    const json told = json::parse(connectionJson(frame.rows[0], frame));
    EXPECT_EQ(told["processes"], json::array());
    EXPECT_EQ(told["unit"], nullptr);
    EXPECT_EQ(told["container"], (json{{"runtime", "cri-o"}, {"id", "0123"}, {"pod", "89ab"}}));
    const json none = json::parse(connectionJson(frame.rows[1], frame));
    EXPECT_EQ(none["unit"], nullptr);
    EXPECT_EQ(none["container"], nullptr);
}

TEST(Json, conditionsAndFactsAreWordsInTwoLists) {
    const json none = whole(makeFrame({owned(1)}))["connections"][0];
    EXPECT_EQ(none["conditions"], json::array());
    EXPECT_EQ(none["facts"], json::array());
    Scripted unread = droppedHere(owned(1));
    unread.connection.receiveQueue = 3400;
    unread.connection.info.lastDataReceived = Millis(60'000);
    FrameMaker maker{unread};
    maker.machine.state.ticksLate = true;
    const json some = whole(*maker.build())["connections"][0];
    EXPECT_EQ(some["conditions"], (json{"local-drop", "ticks-late"}));
    EXPECT_EQ(some["facts"], json{"nobody-reads"});
}

TEST(Json, agesThatWereNeverSetAndInterfacesWithoutANameAreNotMadeUp) {
    Scripted row = owned(1);
    row.connection.sampled = MonotonicTime(std::chrono::seconds(946));
    row.connection.info.lastDataReceived = Millis(646'000);
    row.connection.info.bytesReceived = 0;
    row.connection.interface = 12;
    FrameMaker recorded{row}; // a recording has no names
    recorded.live = false;
    const json out = whole(*recorded.build())["connections"][0];
    EXPECT_EQ(out["tcp"]["last_data_received_ms"], nullptr);
    EXPECT_EQ(out["tcp"]["last_data_sent_ms"], row.connection.info.lastDataSent.count());
    EXPECT_EQ(out["interface"], "if12");
}

TEST(Json, aSettingThatCouldNotBeReadIsNull) {
    FrameMaker maker{owned(1)};
    maker.machine.sysctls.unread = 1U << static_cast<unsigned>(Setting::Retries2);
    const json out = whole(*maker.build());
    EXPECT_EQ(out["sysctl"]["tcp_retries2"], nullptr);
    EXPECT_EQ(out["sysctl"]["tcp_fin_timeout"], 60);
}

TEST(Json, aMomentWithoutALatestOneSaysSo) {
    const FramePtr frame = FrameMaker{suspect(owned(1))}.build();
    Row row = frame->rows[0];
    row.forecast.givesUp.latest = Millis::max(); // as where its listener was changed
    const json open = json::parse(connectionJson(row, *frame));
    EXPECT_EQ(open["forecast"]["gives_up"]["latest_ms"], nullptr);
    EXPECT_NE(open["forecast"]["next"]["latest_ms"], nullptr);
}

TEST(Json, forecastBringsItsBand) {
    FrameMaker maker{suspect(owned(1))};
    maker.machine.clock.offset.reset();
    const json f = whole(*maker.build())["connections"][0]["forecast"];
    const Row row = maker.build()->rows[0];
    ASSERT_LT(row.forecast.next.earliest, row.forecast.next.latest);
    EXPECT_EQ(f["regime"], "keepalive");
    EXPECT_EQ(f["next"], (json{{"event", "keepalive-probe"},
                               {"expected_ms", row.forecast.next.expected.count()},
                               {"earliest_ms", 4000},
                               {"latest_ms", row.forecast.next.latest.count()}}));
    EXPECT_EQ(f["gives_up"]["cause"], "keepalive");
    EXPECT_EQ(f["gives_up"]["latest_ms"], row.forecast.givesUp.latest.count());
    EXPECT_EQ(f["unanswered"], 2);
    EXPECT_EQ(f["allowed"], 6);
    EXPECT_EQ(f["phase"], "band");
}

TEST(Json, optionsThatCouldNotBeReadSayWhyInOneWord) {
    Scripted row = owned(1);
    row.unread = ReadRefusal::Yama;
    EXPECT_EQ(whole(makeFrame({row}))["connections"][0]["keepalive_unread"], "yama");
    row.unread = ReadRefusal::NotSupported; // the last one
    EXPECT_EQ(whole(makeFrame({row}))["connections"][0]["keepalive_unread"], "not-supported");
}

TEST(Json, nothingIsInventedForMiniSockets) {
    const json c = whole(makeFrame({timeWait(1)}))["connections"][0];
    EXPECT_EQ(c["uid"], nullptr);
    EXPECT_EQ(c["user"], nullptr);
    EXPECT_EQ(c["tcp"], nullptr);
    EXPECT_EQ(c["processes_unknown"], "no descriptor");
    EXPECT_EQ(c["timer"]["kind"], "time-wait");
}

TEST(Json, fieldsThisKernelDoesNotHaveAreNull) {
    Scripted row = owned(1);
    row.connection.info.length = 104;
    const json tcp = whole(makeFrame({row}))["connections"][0]["tcp"];
    EXPECT_EQ(tcp["not_sent_bytes"], nullptr);
    EXPECT_EQ(tcp["send_window"], nullptr);
    EXPECT_EQ(tcp["rtt_us"], 1500);
}

TEST(Json, processNamesOfAnyBytesStayJson) {
    Scripted row = unguarded(1);
    row.owners = {{7, 3, "bad\xff\"name\n"}};
    EXPECT_TRUE(
        whole(makeFrame({row}))["connections"][0]["processes"][0]["name"].get<std::string>().starts_with("bad"));
}

TEST(Json, outputThatRefusesEndsIt) {
    int pieces = 0;
    EXPECT_FALSE(writeFrameJson(makeFrame({owned(1), owned(2)}), {}, [&](std::string_view) { return ++pieces < 2; }));
    EXPECT_EQ(pieces, 2);
}

TEST(Json, errorsAreObjects) {
    const json error = json::parse(errorJson({ErrorCode::NotPermitted, Sentence::tr("no")}));
    EXPECT_EQ(error, (json{{"error", {{"code", "not-permitted"}, {"message", "no"}}}}));
}

} // namespace
} // namespace halfopen
