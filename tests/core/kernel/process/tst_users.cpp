// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/users.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

std::optional<std::string> nameOf(UserNames& names, std::uint32_t uid) {
    names.find(uid);
    names.wait(30s);
    const auto* name = names.find(uid);
    EXPECT_NE(name, nullptr);
    return name ? *name : std::nullopt;
}

TEST(UserNames, rootHasANameAndAnUnusedNumberHasNone) {
    UserNames names;
    EXPECT_EQ(nameOf(names, 0), "root");
    EXPECT_EQ(nameOf(names, 3'999'999'999u), std::nullopt);
    EXPECT_EQ(names.find(0), names.find(0)) << "looked up once";
}

TEST(UserNames, aDirectoryThatDoesNotAnswerKeepsNobodyWaiting) {
    std::promise<void> answers;
    const auto away = answers.get_future().share();
    std::atomic<int> asked = 0;
    UserNames names([&, away](std::uint32_t uid) -> std::optional<std::string> {
        ++asked;
        if (uid != 0)
            away.wait();
        return "user" + std::to_string(uid);
    });
    EXPECT_EQ(names.find(5000), nullptr);
    EXPECT_EQ(names.find(5000), nullptr);
    EXPECT_EQ(names.find(0), nullptr);
    while (names.find(0) == nullptr) // another thread answers for root meanwhile
        std::this_thread::yield();
    EXPECT_EQ(*names.find(0), "user0");
    names.wait(1ms);
    EXPECT_EQ(names.find(5000), nullptr);
    answers.set_value();
    names.wait(30s);
    ASSERT_NE(names.find(5000), nullptr);
    EXPECT_EQ(*names.find(5000), "user5000");
    EXPECT_EQ(asked, 2);
}

TEST(LookUpThreads, whatIsAnsweredIsNotAskedForAgainBeforeItIsTaken) {
    std::atomic<int> asked = 0;
    LookUpThreads<int, int> threads([&](int key) {
        ++asked;
        return 2 * key;
    });
    EXPECT_TRUE(threads.ask(21));
    EXPECT_TRUE(threads.wait(30s));
    EXPECT_TRUE(threads.ask(21)) << "whoever asks has not looked yet";
    EXPECT_TRUE(threads.wait(30s));
    const std::vector<std::pair<int, int>> answer{{21, 42}};
    EXPECT_EQ(threads.take(), answer);
    EXPECT_EQ(asked, 1);
    EXPECT_TRUE(threads.ask(21));
    EXPECT_TRUE(threads.wait(30s));
    EXPECT_EQ(threads.take(), answer);
    EXPECT_EQ(asked, 2) << "what has been taken may be asked for anew";
}

TEST(UserNames, whatStillRunsOutlivesWhoeverAsked) {
    const auto answers = std::make_shared<std::promise<void>>();
    const auto begun = std::make_shared<std::promise<void>>();
    const auto ended = std::make_shared<std::promise<void>>();
    {
        UserNames names([answers, begun, ended](std::uint32_t) -> std::optional<std::string> {
            begun->set_value();
            answers->get_future().wait();
            ended->set_value();
            return "late";
        });
        EXPECT_EQ(names.find(1), nullptr);
        begun->get_future().wait();
    }
    auto end = ended->get_future();
    answers->set_value();
    EXPECT_EQ(end.wait_for(30s), std::future_status::ready);
}

} // namespace
} // namespace halfopen
