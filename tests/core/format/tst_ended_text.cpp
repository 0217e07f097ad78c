// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/ended_text.h"
#include "core/model/ended_connection.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace std::chrono_literals;
using Code = EndingEvidence::Code;

Instant at(std::chrono::milliseconds time) {
    return {MonotonicTime(time), WallTime(time)};
}

EndedConnection exhausted() {
    EndedConnection record;
    record.ending = Ending::KeepaliveExhausted;
    record.confidence = Confidence::Certain;
    record.unanswered = 3;
    record.allowed = 3;
    record.evidence = {{Code::ProbesUnanswered, 3, 3}};
    record.lastLife = at(1000ms);
    record.ended = at(10180ms);
    return record;
}

TEST(EndedConnection, theFoundingStoryIsOneSentence) {
    EXPECT_EQ(inEnglish(sentence(exhausted())),
              "keepalive exhausted: 3 probes unanswered, noticed 9 s after the last sign of life");
}

TEST(EndedConnection, aLikelyEndingSaysSo) {
    EndedConnection record = exhausted();
    record.confidence = Confidence::Likely;
    record.lastLife.reset();
    EXPECT_EQ(inEnglish(sentence(record)), "likely keepalive exhausted: 3 probes unanswered");
}

TEST(EndedConnection, anUnknownEndingTellsWhatWasSeen) {
    EndedConnection record;
    record.evidence = {{Code::BetweenSamples}};
    EXPECT_EQ(inEnglish(sentence(record)),
              "ended, not known how: it lived between two samples: only its end was reported");
}

TEST(EndedConnection, anOrderlyCloseTellsNoNotice) {
    EndedConnection record;
    record.ending = Ending::ClosedRemoteFirst;
    record.confidence = Confidence::Certain;
    record.lastLife = at(1000ms);
    record.ended = at(2000ms);
    EXPECT_EQ(inEnglish(sentence(record)), "closed in order, the peer first");
}

TEST(EndedConnection, noticedAfterIsNeverNegative) {
    EndedConnection record = exhausted();
    record.lastLife = at(20000ms);
    EXPECT_EQ(record.noticedAfter(), 0ms);
}

TEST(Ending, everyWordHasItsWayBack) {
    for (std::size_t i = 0; i < kEndingCount; ++i) {
        const auto ending = static_cast<Ending>(i);
        EXPECT_EQ(parseEnding(toString(ending)), ending);
        EXPECT_FALSE(describe(ending).empty());
    }
    EXPECT_FALSE(parseEnding("nonsense"));
}

TEST(Evidence, everyCodeHasItsWordAndItsSentence) {
    for (int i = 0; i <= static_cast<int>(Code::AskedFor); ++i) {
        const auto code = static_cast<Code>(i);
        EXPECT_EQ(parseEvidenceCode(toString(code)), code);
        EXPECT_FALSE(inEnglish(sentence(EndingEvidence{code, 1, 1})).empty());
    }
}

TEST(Evidence, countsReadAsAPersonWouldSayThem) {
    EXPECT_EQ(inEnglish(sentence(EndingEvidence{Code::ProbesUnanswered, 1, 3})), "1 of 3 probes unanswered");
    EXPECT_EQ(inEnglish(sentence(EndingEvidence{Code::RetransmitsUnanswered, 1, 0})), "1 retransmission unanswered");
    EXPECT_EQ(inEnglish(sentence(EndingEvidence{Code::GiveUpNotDue, 12000, 0})),
              "the kernel would not have given it up for another 12 s");
}

} // namespace
} // namespace halfopen
