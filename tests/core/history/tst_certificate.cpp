// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/ended_text.h"
#include "core/history/history.h"
#include "core/model/ended_connection.h"

#include <gtest/gtest.h>

#include <stop_token>
#include <thread>

namespace halfopen {
namespace {

using namespace std::chrono_literals;
using Code = EndingEvidence::Code;

Instant at(std::chrono::milliseconds time) {
    return {MonotonicTime(time), WallTime(time)};
}

Certificate exhausted() {
    Certificate certificate;
    certificate.ending = Ending::KeepaliveExhausted;
    certificate.confidence = Confidence::Certain;
    certificate.unanswered = 3;
    certificate.allowed = 3;
    certificate.evidence = {{Code::ProbesUnanswered, 3, 3}};
    certificate.lastLife = at(1000ms);
    certificate.ended = at(10180ms);
    return certificate;
}

TEST(Certificate, theFoundingStoryIsOneSentence) {
    EXPECT_EQ(sentence(exhausted()),
              "keepalive exhausted: 3 probes unanswered, noticed 9 s after the last sign of life");
}

TEST(Certificate, aLikelyEndingSaysSo) {
    Certificate certificate = exhausted();
    certificate.confidence = Confidence::Likely;
    certificate.lastLife.reset();
    EXPECT_EQ(sentence(certificate), "likely keepalive exhausted: 3 probes unanswered");
}

TEST(Certificate, anUnknownEndingTellsWhatWasSeen) {
    Certificate certificate;
    certificate.evidence = {{Code::BetweenSamples}};
    EXPECT_EQ(sentence(certificate), "ended, not known how: it lived between two samples: only its end was reported");
}

TEST(Certificate, anOrderlyCloseTellsNoNotice) {
    Certificate certificate;
    certificate.ending = Ending::ClosedRemoteFirst;
    certificate.confidence = Confidence::Certain;
    certificate.lastLife = at(1000ms);
    certificate.ended = at(2000ms);
    EXPECT_EQ(sentence(certificate), "closed in order, the peer first");
}

TEST(Certificate, noticedAfterIsNeverNegative) {
    Certificate certificate = exhausted();
    certificate.lastLife = at(20000ms);
    EXPECT_EQ(certificate.noticedAfter(), 0ms);
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
        EXPECT_FALSE(sentence(EndingEvidence{code, 1, 1}).empty());
    }
}

TEST(Evidence, countsReadAsAPersonWouldSayThem) {
    EXPECT_EQ(sentence(EndingEvidence{Code::ProbesUnanswered, 1, 3}), "1 of 3 probes unanswered");
    EXPECT_EQ(sentence(EndingEvidence{Code::RetransmitsUnanswered, 1, 0}), "1 retransmission unanswered");
    EXPECT_EQ(sentence(EndingEvidence{Code::GiveUpNotDue, 12000, 0}),
              "the kernel would not have given it up for another 12 s");
}

TEST(History, aSlowReaderMissesNothingThatIsKept) {
    History history(3);
    history.add(std::vector<Certificate>(2));
    const auto all = history.after(0);
    EXPECT_EQ(all.certificates.size(), 2u);
    history.add(std::vector<Certificate>(2));
    const auto news = history.after(all.last);
    ASSERT_EQ(news.certificates.size(), 2u);
    EXPECT_EQ(news.certificates.front()->number, all.last + 1);
    EXPECT_EQ(history.after(0).certificates.size(), 3u) << "the oldest goes first";
    EXPECT_EQ(history.after(0).first, all.last);
}

TEST(History, whatEarlierRunsLeftStandsBeforeEverything) {
    History history(3);
    const auto mine = history.add(std::vector<Certificate>(1)).front();
    std::vector<Certificate> old(5);
    for (std::size_t i = 0; i < old.size(); ++i)
        old[i].cookie = i;
    history.restore(old);
    const auto all = history.after(0);
    ASSERT_EQ(all.certificates.size(), 3u) << "as many as there is room for";
    EXPECT_EQ(all.certificates[0]->cookie, 3u) << "the newest of them";
    EXPECT_EQ(all.certificates[1]->cookie, 4u);
    EXPECT_EQ(all.certificates[2], mine);
    EXPECT_EQ(all.first, all.certificates[0]->number);
    EXPECT_LT(all.first, mine->number);
}

TEST(History, aReaderIsWokenByWhatIsNew) {
    History history;
    std::stop_source stop;
    const std::jthread adds([&] { history.add(std::vector<Certificate>(1)); });
    history.waitAfter(History::kLimit, stop.get_token(), 5s);
    EXPECT_EQ(history.after(History::kLimit).certificates.size(), 1u);
    stop.request_stop();
    history.waitAfter(History::kLimit + 1, stop.get_token(), 1h);
}

} // namespace
} // namespace halfopen
