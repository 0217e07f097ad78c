// SPDX-License-Identifier: GPL-3.0-or-later
// The formats of export, and the comparison of two frames.
#include "core/format/comparison_report.h"
#include "core/format/frame_formats.h"
#include "core/query/frame_comparison.h"
#include "tests/frames/frame_maker.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace halfopen::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

std::string written(const Frame& frame, FrameFormat format) {
    std::string text;
    const auto columns = selectColumns(usualColumns());
    EXPECT_TRUE(writeFrame(frame, format, *columns, {"host", "6.1"}, [&](std::string_view piece) {
        text += piece;
        return true;
    }));
    return text;
}

FramePtr frameOf(FrameMaker maker) {
    return FrameSeries().next(maker.script);
}

TEST(FrameFormats, htmlIsOneDocumentWithALineForEachRow) {
    const auto html = written(*frameOf({suspect(1), unguarded(2)}), FrameFormat::Html);
    EXPECT_THAT(html, HasSubstr("<!DOCTYPE html>"));
    std::size_t lines = 0;
    for (std::size_t at = html.find("<tr><td"); at != std::string::npos; at = html.find("<tr><td", at + 1))
        ++lines;
    EXPECT_EQ(lines, 2U);
}

TEST(FrameFormats, ofOneAndOfSeveralSsIsAskedInItsLanguage) {
    EXPECT_THAT(written(*frameOf({unguarded(2)}), FrameFormat::Command),
                testing::MatchesRegex("ss -tanoeip 'src = [0-9.]+:[0-9]+ dst = [0-9.]+:[0-9]+'\n"));
    EXPECT_THAT(written(*frameOf({suspect(1), unguarded(2)}), FrameFormat::Command), HasSubstr(" ) or ( "));
    EXPECT_EQ(written(Frame{}, FrameFormat::Command), "");
}

TEST(FrameFormats, anOutputThatRefusesEndsIt) {
    const auto frame = frameOf({suspect(1), unguarded(2)});
    const auto columns = selectColumns(usualColumns());
    for (const auto format :
         {FrameFormat::Text, FrameFormat::Csv, FrameFormat::Json, FrameFormat::Html, FrameFormat::Command})
        EXPECT_FALSE(writeFrame(*frame, format, *columns, {}, [](std::string_view) { return false; }))
            << suffixOf(format);
}

TEST(Comparisons, tellWhatIsNewGoneAndChanged) {
    const auto before = frameOf({suspect(1), unguarded(2), guarded(3)});
    const auto now = frameOf({unguarded(2), guarded(3), unguarded(4)});
    const auto same = compareFrames(*before, *before);
    EXPECT_TRUE(same.isEmpty());
    EXPECT_EQ(same.alike, 3U);
    const auto comparison = compareFrames(*before, *now);
    EXPECT_THAT(comparison.appeared, SizeIs(1));
    EXPECT_EQ(now->rows[comparison.appeared.front()].connection.cookie, 4U);
    EXPECT_THAT(comparison.gone, SizeIs(1));
    EXPECT_EQ(before->rows[comparison.gone.front()].connection.cookie, 1U);
    EXPECT_EQ(comparison.alike, 2U);
    const auto text = comparisonText(comparison, *before, *now);
    EXPECT_THAT(text, HasSubstr("1 new, 1 gone, 0 changed, 2 alike\n"));
    EXPECT_THAT(text, HasSubstr("\n+ "));
    EXPECT_THAT(text, HasSubstr("\n- "));
}

TEST(Comparisons, nameTheFieldsThatChanged) {
    const auto before = frameOf({unguarded(1)});
    auto after = std::make_shared<Frame>(*before);
    after->rows[0].connection.state = State::CloseWait;
    after->rows[0].diagnosis = Diagnosis::Abandoned;
    after->rows[0].connection.receiveQueue += 120;
    const auto comparison = compareFrames(*before, *after);
    ASSERT_THAT(comparison.changed, SizeIs(1));
    EXPECT_THAT(comparison.changed[0].fields,
                ElementsAre(ComparedField::State, ComparedField::Diagnosis, ComparedField::RecvQueue));
    EXPECT_THAT(comparisonText(comparison, *before, *after),
                HasSubstr("state ESTABLISHED -> CLOSE-WAIT, diagnosis unguarded -> abandoned, recv-queue 0 -> 120"));
    std::string text;
    EXPECT_TRUE(writeComparisonJson(comparison, *before, *after, {"host", "6.1"}, [&](std::string_view piece) {
        text += piece;
        return true;
    }));
    const auto json = nlohmann::json::parse(text);
    EXPECT_EQ(json["schema"], 1);
    EXPECT_EQ(json["changed"][0]["changes"][0]["field"], "state");
    EXPECT_EQ(json["changed"][0]["changes"][0]["after"], "CLOSE-WAIT");
    EXPECT_EQ(json["new"].size() + json["gone"].size(), 0U);
}

TEST(Comparisons, whatIsAssumedIsNoChange) {
    const auto before = frameOf({guarded(1)});
    auto after = std::make_shared<Frame>(*before);
    auto& options = after->rows[0].options;
    options.idleSeconds += 1;
    options.idleFrom = Provenance::Assumed;
    EXPECT_TRUE(compareFrames(*before, *after).isEmpty());
    auto known = std::make_shared<Frame>(*before);
    known->rows[0].options.idleFrom = options.idleFrom = Provenance::Inferred;
    EXPECT_EQ(compareFrames(*known, *after).changed.size(), 1U);
}

TEST(Comparisons, oneThatLeftTheFilterHasChangedAndIsNotGone) {
    const auto before = frameOf({unguarded(1)});
    auto after = std::make_shared<Frame>(*before);
    after->rows[0].connection.state = State::CloseWait;
    after->shown.clear();
    const auto comparison = compareFrames(*before, *after);
    EXPECT_TRUE(comparison.gone.empty());
    EXPECT_THAT(comparison.changed, SizeIs(1));
}

TEST(Comparisons, theSameCookieBetweenOtherHostsIsAnotherConnection) {
    const auto before = frameOf({unguarded(1)});
    auto after = std::make_shared<Frame>(*before);
    after->rows[0].connection.remote.port += 1;
    const auto comparison = compareFrames(*before, *after);
    EXPECT_THAT(comparison.appeared, SizeIs(1));
    EXPECT_THAT(comparison.gone, SizeIs(1));
}

} // namespace
} // namespace halfopen::test
