// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/direct_first.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>

namespace halfopen {
namespace {

using Kind = PrivilegeErrorKind;
using Cookies = std::vector<std::uint64_t>;

/// Says for each cookie what it was told to; what it was not told of is not there.
class Backend final : public SocketOperations {
public:
    explicit Backend(int idle)
        : m_idle(idle) {}

    std::map<std::uint64_t, std::optional<Kind>> sockets; ///< nullopt: it is done
    std::optional<Kind> whole;
    std::vector<Cookies> asked;
    int wholes = 0; ///< of `asked`
    std::vector<bool> interactive;
    std::vector<RequestToken> cancelled;
    std::map<RequestToken, std::function<void()>> waiting; ///< each answers with Dismissed

    RequestToken inspect(std::uint64_t, Cookies cookies, bool dialog, Done<std::vector<SocketReading>> done) override {
        interactive.push_back(dialog);
        return answer<SocketReading>(std::move(cookies), std::move(done), [this](std::uint64_t cookie) {
            return SocketReading{cookie, optionsOf(cookie), {}};
        });
    }
    RequestToken setOptions(std::uint64_t, Cookies cookies, const OptionsChange&,
                            Done<std::vector<SetResult>> done) override {
        return answer<SetResult>(std::move(cookies), std::move(done), [this](std::uint64_t cookie) {
            return SetResult{cookie, optionsOf(cookie)};
        });
    }
    RequestToken close(std::uint64_t, Cookies cookies, Done<std::vector<CloseResult>> done) override {
        return answer<CloseResult>(std::move(cookies), std::move(done), [this](std::uint64_t cookie) {
            return CloseResult{cookie, optionsOf(cookie).map([](const KeepaliveOptions&) {})};
        });
    }
    RequestToken closeWhole(std::uint64_t netns, Cookies cookies, Done<std::vector<CloseResult>> done) override {
        ++wholes;
        return close(netns, std::move(cookies), std::move(done));
    }
    void cancel(RequestToken request) override {
        cancelled.push_back(request);
        if (const auto open = waiting.extract(request))
            open.mapped()();
    }
    /// Answers only when told to; a cancelled request says Dismissed.
    void holdBack() { m_holdsBack = true; }

private:
    Outcome<KeepaliveOptions> optionsOf(std::uint64_t cookie) const {
        const auto found = sockets.find(cookie);
        if (found == sockets.end())
            return refusal(Kind::NoSuchConnection, Sentence::tr("Gone."));
        if (found->second)
            return refusal(*found->second, Sentence::tr("No."));
        KeepaliveOptions options;
        options.idleSeconds = m_idle;
        return options;
    }
    template <class Answer, class One>
    RequestToken answer(Cookies cookies, Done<std::vector<Answer>> done, One one) {
        asked.push_back(cookies);
        if (m_holdsBack) {
            waiting.emplace(++m_last, [done] { done(refusal(Kind::Dismissed, Sentence::tr("Withdrawn."))); });
            return m_last;
        }
        if (whole) {
            done(refusal(*whole, Sentence::tr("Not at all.")));
            return 0;
        }
        std::vector<Answer> answers;
        for (const std::uint64_t cookie : cookies)
            answers.push_back(one(cookie));
        done(std::move(answers));
        return 0;
    }
    int m_idle;
    bool m_holdsBack = false;
    RequestToken m_last = 100;
};

class DirectFirstTest : public testing::Test {
protected:
    Backend* local = new Backend(1);
    Backend* helper = new Backend(2);
    DirectFirst both{std::unique_ptr<SocketOperations>(local), std::unique_ptr<SocketOperations>(helper)};

    Outcome<std::vector<SocketReading>> inspect(const Cookies& cookies, bool interactive = true) {
        std::optional<Outcome<std::vector<SocketReading>>> answer;
        both.inspect(7, cookies, interactive, [&](Outcome<std::vector<SocketReading>> outcome) {
            EXPECT_FALSE(answer);
            answer = std::move(outcome);
        });
        return answer.value();
    }
    Outcome<std::vector<CloseResult>> close(const Cookies& cookies) {
        std::optional<Outcome<std::vector<CloseResult>>> answer;
        both.close(7, cookies, [&](Outcome<std::vector<CloseResult>> outcome) { answer = std::move(outcome); });
        return answer.value();
    }
};

TEST_F(DirectFirstTest, theWholeOfMptcpGoesTheSameWay) {
    local->sockets = {{1, Kind::NotAuthorized}};
    helper->sockets = {{1, {}}};
    bool answered = false;
    both.closeWhole(7, {1}, [&](const Outcome<std::vector<CloseResult>>& outcome) {
        answered = outcome && outcome->front().outcome;
    });
    EXPECT_TRUE(answered);
    EXPECT_EQ(local->wholes, 1);
    EXPECT_EQ(helper->wholes, 1);
}

TEST_F(DirectFirstTest, whatTheNearDoorCanNeverReachesTheFarOne) {
    local->sockets = {{1, {}}, {2, Kind::NotSupported}};
    const auto readings = inspect({1, 2, 3});
    ASSERT_TRUE(readings);
    EXPECT_TRUE((*readings)[0].options);
    EXPECT_EQ((*readings)[1].options.error().kind, Kind::NotSupported);
    EXPECT_EQ((*readings)[2].options.error().kind, Kind::NoSuchConnection);
    EXPECT_TRUE(helper->asked.empty());
}

TEST_F(DirectFirstTest, onlyWhatLacksARightIsSentAndTheAnswersAreInOrder) {
    local->sockets = {{1, Kind::NotAuthorized}, {2, {}}, {3, Kind::NotAuthorized}};
    helper->sockets = {{1, {}}};
    const auto readings = inspect({1, 2, 3}, false);
    ASSERT_TRUE(readings);
    EXPECT_EQ(helper->asked, std::vector<Cookies>({{1, 3}}));
    EXPECT_EQ(helper->interactive, std::vector<bool>{false});
    EXPECT_EQ((*readings)[0].options->idleSeconds, 2);
    EXPECT_EQ((*readings)[1].options->idleSeconds, 1);
    EXPECT_EQ((*readings)[2].options.error().kind, Kind::NoSuchConnection);
}

TEST_F(DirectFirstTest, farDoorsRefusalOfAllIsTheAnswerOnlyWhereAllWentThere) {
    local->sockets = {{1, Kind::NotAuthorized}, {2, {}}};
    helper->whole = Kind::Dismissed;
    EXPECT_EQ(close({1}).error().kind, Kind::Dismissed);
    const auto results = close({1, 2});
    ASSERT_TRUE(results);
    EXPECT_EQ((*results)[0].outcome.error().kind, Kind::Dismissed);
    EXPECT_TRUE((*results)[1].outcome);
}

TEST_F(DirectFirstTest, nearDoorsRefusalOfAllIsTheAnswer) {
    local->whole = Kind::WrongNamespace;
    EXPECT_EQ(inspect({1}).error().kind, Kind::WrongNamespace);
    EXPECT_EQ(close({1}).error().kind, Kind::WrongNamespace);
    EXPECT_TRUE(helper->asked.empty());
}

TEST_F(DirectFirstTest, optionsAreSetByTheDoorThatMayInOneCallEach) {
    local->sockets = {{1, {}}, {2, Kind::NotAuthorized}, {3, Kind::NoSuchConnection}, {4, Kind::NotAuthorized}};
    helper->sockets = {{2, {}}};
    std::optional<Outcome<std::vector<SetResult>>> answer;
    const RequestToken token = both.setOptions(
        7, {1, 2, 3, 4}, {.probes = 3}, [&](Outcome<std::vector<SetResult>> outcome) { answer = std::move(outcome); });
    EXPECT_EQ(token, 0U) << "it was answered already";
    ASSERT_TRUE(answer && *answer);
    const auto& results = **answer;
    EXPECT_EQ(results[0].outcome->idleSeconds, 1);
    EXPECT_EQ(results[1].outcome->idleSeconds, 2);
    EXPECT_EQ(results[2].outcome.error().kind, Kind::NoSuchConnection);
    EXPECT_EQ(results[3].outcome.error().kind, Kind::NoSuchConnection);
    EXPECT_EQ(helper->asked, std::vector<Cookies>({{2, 4}}));
}

TEST_F(DirectFirstTest, cancellingOneRequestWithdrawsThatOneAtTheDoorWhereItIs) {
    helper->holdBack();
    local->sockets = {{1, Kind::NotAuthorized}, {2, Kind::NotAuthorized}};
    std::map<int, Kind> answers;
    const auto closing = [&](std::uint64_t cookie) {
        return both.close(7, {cookie}, [&answers, cookie](const Outcome<std::vector<CloseResult>>& outcome) {
            answers[static_cast<int>(cookie)] = outcome.error().kind;
        });
    };
    const RequestToken first = closing(1), second = closing(2);
    EXPECT_NE(first, second);
    both.cancel(first);
    EXPECT_EQ(answers, (std::map<int, Kind>{{1, Kind::Dismissed}}));
    EXPECT_TRUE(local->cancelled.empty());
    EXPECT_EQ(helper->cancelled, std::vector<RequestToken>{101});
    both.cancel(first); // was answered
    EXPECT_EQ(helper->cancelled.size(), 1U);
    both.cancel(second);
    EXPECT_EQ(answers.size(), 2U);
}

TEST_F(DirectFirstTest, nothingIsAnsweredOnceItIsGoneThoughTheDoorLives) {
    const auto shared = std::make_shared<Backend>(2);
    shared->holdBack();
    auto localBackend = std::make_shared<Backend>(1);
    localBackend->sockets = {{1, Kind::NotAuthorized}};
    bool answered = false;
    {
        DirectFirst soonGone(localBackend, shared);
        soonGone.close(7, {1}, [&](const auto&) { answered = true; });
    }
    ASSERT_EQ(shared->waiting.size(), 1U);
    shared->waiting.begin()->second();
    EXPECT_FALSE(answered);
}

} // namespace
} // namespace halfopen
