// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/privilege/direct_first.h"

#include <gtest/gtest.h>

#include <map>

namespace halfopen {
namespace {

using Kind = PrivilegeErrorKind;
using Cookies = std::vector<std::uint64_t>;

/// Says for each cookie what it was told to; what it was not told of is not there.
class Door final : public SocketOperations {
public:
    explicit Door(int idle)
        : m_idle(idle) {}

    std::map<std::uint64_t, std::optional<Kind>> sockets; ///< nullopt: it is done
    std::optional<Kind> whole;
    std::vector<Cookies> asked;
    std::vector<bool> interactive;
    int cancelled = 0;

    void inspect(std::uint64_t, Cookies cookies, bool dialog, Done<std::vector<SocketReading>> done) override {
        interactive.push_back(dialog);
        answer<SocketReading>(std::move(cookies), std::move(done), [this](std::uint64_t cookie) {
            return SocketReading{cookie, optionsOf(cookie), {}};
        });
    }
    void setOptions(std::uint64_t, std::uint64_t cookie, const OptionsChange&, Done<KeepaliveOptions> done) override {
        asked.push_back({cookie});
        done(optionsOf(cookie));
    }
    void close(std::uint64_t, Cookies cookies, Done<std::vector<CloseResult>> done) override {
        answer<CloseResult>(std::move(cookies), std::move(done), [this](std::uint64_t cookie) {
            return CloseResult{cookie, optionsOf(cookie).map([](const KeepaliveOptions&) {})};
        });
    }
    void cancel() override { ++cancelled; }

private:
    Outcome<KeepaliveOptions> optionsOf(std::uint64_t cookie) const {
        const auto found = sockets.find(cookie);
        if (found == sockets.end())
            return refusal(Kind::NoSuchConnection, "Gone.");
        if (found->second)
            return refusal(*found->second, "No.");
        KeepaliveOptions options;
        options.idleSeconds = m_idle;
        return options;
    }
    template <class Answer, class One>
    void answer(Cookies cookies, Done<std::vector<Answer>> done, One one) {
        asked.push_back(cookies);
        if (whole)
            return done(refusal(*whole, "Not at all."));
        std::vector<Answer> answers;
        for (const std::uint64_t cookie : cookies)
            answers.push_back(one(cookie));
        done(std::move(answers));
    }
    int m_idle;
};

class DirectFirstTest : public testing::Test {
protected:
    Door* near = new Door(1);
    Door* far = new Door(2);
    DirectFirst both{std::unique_ptr<SocketOperations>(near), std::unique_ptr<SocketOperations>(far)};

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

TEST_F(DirectFirstTest, whatTheNearDoorCanNeverReachesTheFarOne) {
    near->sockets = {{1, {}}, {2, Kind::NotSupported}};
    const auto readings = inspect({1, 2, 3});
    ASSERT_TRUE(readings);
    EXPECT_TRUE((*readings)[0].options);
    EXPECT_EQ((*readings)[1].options.error().kind, Kind::NotSupported);
    EXPECT_EQ((*readings)[2].options.error().kind, Kind::NoSuchConnection);
    EXPECT_TRUE(far->asked.empty());
}

TEST_F(DirectFirstTest, onlyWhatLacksARightIsSentAndTheAnswersAreInOrder) {
    near->sockets = {{1, Kind::NotAuthorized}, {2, {}}, {3, Kind::NotAuthorized}};
    far->sockets = {{1, {}}};
    const auto readings = inspect({1, 2, 3}, false);
    ASSERT_TRUE(readings);
    EXPECT_EQ(far->asked, std::vector<Cookies>({{1, 3}}));
    EXPECT_EQ(far->interactive, std::vector<bool>{false});
    EXPECT_EQ((*readings)[0].options->idleSeconds, 2);
    EXPECT_EQ((*readings)[1].options->idleSeconds, 1);
    EXPECT_EQ((*readings)[2].options.error().kind, Kind::NoSuchConnection);
}

TEST_F(DirectFirstTest, farDoorsRefusalOfAllIsTheAnswerOnlyWhereAllWentThere) {
    near->sockets = {{1, Kind::NotAuthorized}, {2, {}}};
    far->whole = Kind::Dismissed;
    EXPECT_EQ(close({1}).error().kind, Kind::Dismissed);
    const auto results = close({1, 2});
    ASSERT_TRUE(results);
    EXPECT_EQ((*results)[0].outcome.error().kind, Kind::Dismissed);
    EXPECT_TRUE((*results)[1].outcome);
}

TEST_F(DirectFirstTest, nearDoorsRefusalOfAllIsTheAnswer) {
    near->whole = Kind::WrongNamespace;
    EXPECT_EQ(inspect({1}).error().kind, Kind::WrongNamespace);
    EXPECT_EQ(close({1}).error().kind, Kind::WrongNamespace);
    EXPECT_TRUE(far->asked.empty());
}

TEST_F(DirectFirstTest, optionsAreSetByTheDoorThatMay) {
    near->sockets = {{1, {}}, {2, Kind::NotAuthorized}, {3, Kind::NoSuchConnection}};
    far->sockets = {{2, {}}};
    std::vector<Outcome<KeepaliveOptions>> answers;
    for (const std::uint64_t cookie : {1, 2, 3})
        both.setOptions(7, cookie, {.probes = 3},
                        [&](Outcome<KeepaliveOptions> outcome) { answers.push_back(std::move(outcome)); });
    ASSERT_EQ(answers.size(), 3U);
    EXPECT_EQ(answers[0]->idleSeconds, 1);
    EXPECT_EQ(answers[1]->idleSeconds, 2);
    EXPECT_EQ(answers[2].error().kind, Kind::NoSuchConnection);
    EXPECT_EQ(far->asked, std::vector<Cookies>({{2}}));
}

TEST_F(DirectFirstTest, cancelReachesBoth) {
    both.cancel();
    EXPECT_EQ(near->cancelled + far->cancelled, 2);
}

} // namespace
} // namespace halfopen
