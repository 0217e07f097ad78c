// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/ended_connection_json.h"
#include "tests/core/history/sample_record.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

TEST(EndedConnectionJson, whatIsWrittenIsReadAgain) {
    const EndedConnection full = test::fullRecord();
    EXPECT_EQ(parseEndedConnection(endedConnectionJson(full)), full);
    EndedConnection empty;
    empty.sampled = false;
    EXPECT_EQ(parseEndedConnection(endedConnectionJson(empty)), empty);
}

TEST(EndedConnectionJson, itIsOneLineWithTheSentenceInIt) {
    const std::string json = endedConnectionJson(test::fullRecord());
    EXPECT_EQ(json.find('\n'), std::string::npos);
    EXPECT_NE(json.find("\"sentence\":\"keepalive exhausted: 3 probes unanswered, noticed 9 s after the last sign of "
                        "life\""),
              std::string::npos);
    EXPECT_NE(json.find("\"errno\":\"ETIMEDOUT\""), std::string::npos);
}

TEST(EndedConnectionJson, gradeAndReportAreReadAgain) {
    EndedConnection c = test::fullRecord();
    c.grade = {.grade = Grade::Excused, .lead = std::chrono::seconds(3), .band = std::chrono::seconds(1)};
    c.grade.seen.add(Sighting::PeerAnswered);
    c.broken = std::make_shared<const BrokenPromise>(BrokenPromise{c.key(), R"({"promised":"end","hz":250})"});
    const std::string json = endedConnectionJson(c);
    EXPECT_NE(json.find(R"("sentence":"excused: the peer answered")"), std::string::npos) << json;
    const auto again = parseEndedConnection(json);
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(again->grade, c.grade);
    ASSERT_NE(again->broken, nullptr);
    EXPECT_EQ(*again->broken, *c.broken);
}

TEST(EndedConnectionJson, recordsOfBeforeHaveNoGrade) {
    std::string json = endedConnectionJson(test::fullRecord());
    const auto at = json.find(",\"grade\"");
    ASSERT_NE(at, std::string::npos);
    json = json.substr(0, at) + "}";
    const auto old = parseEndedConnection(json);
    ASSERT_TRUE(old.has_value()) << json;
    EXPECT_EQ(old->grade, EndGrade{});
    EXPECT_EQ(old->broken, nullptr);
}

TEST(EndedConnectionJson, noPrefixOfItIsARecordAndNoneThrows) {
    const std::string json = endedConnectionJson(test::fullRecord());
    for (std::size_t size = 0; size < json.size(); ++size)
        EXPECT_FALSE(parseEndedConnection(std::string_view(json).substr(0, size))) << size;
}

TEST(EndedConnectionJson, whatMakesNoSenseIsNone) {
    const auto changed = [](std::string_view from, std::string_view to) {
        std::string json = endedConnectionJson(test::fullRecord());
        json.replace(json.find(from), from.size(), to);
        return parseEndedConnection(json);
    };
    EXPECT_FALSE(changed("keepalive-exhausted", "eaten"));
    EXPECT_FALSE(changed("192.0.2.10", "192.0.2"));
    EXPECT_FALSE(changed("0x1d2", "0xzz"));
    EXPECT_FALSE(changed("\"unanswered\":3", "\"unanswered\":\"3\""));
    EXPECT_TRUE(changed("give-up-in-interval", "later-evidence")) << "a later version may know more";
}

} // namespace
} // namespace halfopen
