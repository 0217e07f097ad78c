// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/far_ending.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace halfopen::stream {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;

Error ended(int code, const std::string& said, bool begun = false) {
    return errorOf({code << 8, begun, said}, "db7");
}

TEST(FarEnding, eachKindHasItsSentence) {
    EXPECT_THAT(inEnglish(ended(127, "bash: line 1: halfopenctl: command not found\n")),
                AllOf(HasSubstr("There is no halfopenctl on db7"), HasSubstr("command not found")));
    EXPECT_EQ(ended(127, "").code, ErrorCode::NotSupported);
    EXPECT_THAT(inEnglish(ended(2, "halfopenctl: The following argument was not expected: stream.")),
                HasSubstr("older than this one"));
    EXPECT_EQ(ended(3, "halfopenctl: no").code, ErrorCode::NotPermitted);
    EXPECT_THAT(
        inEnglish(ended(255, "No ED25519 host key is known for db7 and you have requested strict checking.\r\nHost "
                             "key verification failed.\r\n")),
        HasSubstr("db7 has a host key that is not known here"));
    EXPECT_THAT(
        inEnglish(ended(255, "@@@\r\n@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\r\nSHA256:abc\r\n\r\nHost "
                             "key verification failed.\r\n")),
        AllOf(HasSubstr("is not the machine that it was"),
              HasSubstr("says: SHA256:abc Host key verification failed.")));
    EXPECT_THAT(inEnglish(ended(255, "Permission denied, please try again.\r\nPermission denied, please try again.\r\n"
                                     "alice@db7: Permission denied (publickey,password).\r\n")),
                AllOf(HasSubstr("lets nobody in with what was typed: alice@db7: Permission denied"),
                      testing::Not(HasSubstr("keys"))))
        << "nor of an agent";
    EXPECT_THAT(inEnglish(ended(255, "alice@db7: Permission denied (publickey).\r\n")),
                AllOf(HasSubstr("alice@db7: Permission denied (publickey)."), testing::Not(HasSubstr(".."))));
    EXPECT_THAT(inEnglish(ended(255, "Welcome\nssh: connect to host db7 port 22: Connection refused\r\n")),
                testing::Eq("ssh to db7: connect to host db7 port 22: Connection refused."));
    EXPECT_THAT(inEnglish(ended(255, "")), HasSubstr("without a word"));
    EXPECT_THAT(inEnglish(errorOf({9, false, ""}, "db7")), HasSubstr("without a word")) << "a signal";
    EXPECT_THAT(inEnglish(ended(255, "Timeout, server db7 not responding.\r\n", true)),
                AllOf(HasSubstr("The connection to db7 is lost"), HasSubstr("not responding")));
}

TEST(FarEnding, whereNoHalfopenctlHasAnsweredItIsSaidWhatDid) {
    EXPECT_EQ(inEnglish(ended(0, "")), "No halfopenctl has answered on db7: what was run there has ended (0).");
    EXPECT_THAT(inEnglish(errorOf({0, false, "", "Hello!\nhello there\r\n"}, "db7")),
                HasSubstr("It said: hello there."));
    EXPECT_THAT(inEnglish(errorOf({1 << 8, false, "", "This account is currently not available.\n"}, "db7")),
                testing::EndsWith("has ended (1). It said: This account is currently not available."));
    EXPECT_EQ(inEnglish(errorOf({255 << 8, true, "", "Welcome!\n"}, "db7")), "The connection to db7 is lost.")
        << "what is said to whoever logs in is no reason";
}

TEST(FarEnding, silenceIsToldByWhatCameBefore) {
    const auto silence = [](const FarEnding& ending) { return inEnglish(silenceOf(ending, "db7", 45s)); };
    EXPECT_EQ(silence({9, false, ""}), "Nothing has come from db7 within 45 s.");
    EXPECT_EQ(silence({9, false, "", "Welcome.\n"}),
              "No halfopenctl has answered on db7 within 45 s. It said: Welcome.");
    EXPECT_EQ(silence({9, true, "", "Welcome!\n"}), "Nothing comes from db7 any more.");
}

TEST(FarEnding, whatAJumpHostRefusesIsNotSaidOfTheMachineBehindIt) {
    const std::string after = "Connection closed by UNKNOWN port 65535\r\n";
    EXPECT_THAT(inEnglish(ended(255, "Host key verification failed.\r\n" + after)),
                HasSubstr("A jump host on the way to db7 has a host key that is not known here. Log in once with ssh "
                          "db7 "));
    EXPECT_THAT(inEnglish(ended(255, "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\r\nHost key verification "
                                     "failed.\r\n" +
                                         after)),
                HasSubstr("A jump host on the way to db7 is not the machine that it was"));
    EXPECT_THAT(inEnglish(ended(255, "me@jump: Permission denied (publickey).\r\n" + after)),
                HasSubstr("A jump host on the way to db7 lets nobody in with the keys there are: me@jump: Permission "
                          "denied (publickey)."));
    EXPECT_EQ(inEnglish(ended(255, "ssh: connect to host jump port 22: Connection refused\r\n"
                                   "kex_exchange_identification: Connection closed by remote host\r\n" +
                                       after)),
              "ssh to db7: connect to host jump port 22: Connection refused.");
    EXPECT_EQ(inEnglish(ended(255, after)), "ssh to db7: Connection closed by UNKNOWN port 65535.") << "nothing else";
}

TEST(FarEnding, theLastLineThatSaysSomething) {
    EXPECT_EQ(lastLine("a\nb\r\n\r\n"), "b");
    EXPECT_EQ(lastLine(""), "");
    EXPECT_EQ(lastLine("\n \n"), "");
    EXPECT_EQ(lastLine("one"), "one");
}

} // namespace
} // namespace halfopen::stream
