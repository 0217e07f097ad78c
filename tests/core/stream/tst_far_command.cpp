// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/compression.h"
#include "core/stream/far_command.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace halfopen::stream {
namespace {

using namespace std::chrono_literals;

std::string asLine(const std::vector<std::string>& words) {
    return fmt::format("{}", fmt::join(words, " "));
}

TEST(FarCommand, asksByAProgramWhereItMay) {
    const FarRequest request{.host = "db7", .netns = {}, .askedBy = "/usr/bin/halfopen"};
    EXPECT_TRUE(asLine(farCommand(request, "0", Asking::May))
                    .starts_with("SSH_ASKPASS=/usr/bin/halfopen SSH_ASKPASS_REQUIRE=force "
                                 "HALFOPEN_ASKED_BY_SSH=1 ssh -T "));
    const FarRequest dark{.host = "db7", .netns = {}, .askedBy = "/usr/bin/halfopen", .askedAs = "dark"};
    EXPECT_EQ(farCommand(dark, "0", Asking::May)[2], "HALFOPEN_ASKED_BY_SSH=dark");
    EXPECT_TRUE(asLine(farCommand(request, "0", Asking::Never)).starts_with("ssh -T "));
}

using Variables = std::vector<std::pair<const char*, const char*>>;

/// In a session of its own. @param terminal  of that session
bool mayAsk(const Variables& variables, bool terminal = false) {
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::setsid();
        for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "SSH_ASKPASS", "SSH_ASKPASS_REQUIRE"})
            ::unsetenv(name);
        for (const auto& [name, value] : variables)
            ::setenv(name, value, 1);
        const int other = terminal ? ::posix_openpt(O_RDWR | O_NOCTTY) : -1;
        if (terminal && (::unlockpt(other) != 0 || ::open(::ptsname(other), O_RDWR) < 0))
            ::_exit(2);
        ::_exit(askingHere() == Asking::May ? 1 : 0);
    }
    int status = 0;
    EXPECT_EQ(::waitpid(pid, &status, 0), pid);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) < 2);
    return WEXITSTATUS(status) == 1;
}

TEST(FarCommand, sshAsksWhereThereIsATerminalOrAProgramForIt) {
    EXPECT_FALSE(mayAsk({}));
    EXPECT_TRUE(mayAsk({}, true));
    EXPECT_FALSE(mayAsk({{"SSH_ASKPASS", "/bin/ask"}})) << "nowhere to show it";
    EXPECT_TRUE(mayAsk({{"SSH_ASKPASS", "/bin/ask"}, {"DISPLAY", ":0"}}));
    EXPECT_TRUE(mayAsk({{"SSH_ASKPASS", "/bin/ask"}, {"WAYLAND_DISPLAY", "wayland-0"}}));
    EXPECT_TRUE(mayAsk({{"SSH_ASKPASS", "/bin/ask"}, {"SSH_ASKPASS_REQUIRE", "force"}}));
    EXPECT_FALSE(mayAsk({{"SSH_ASKPASS", "/bin/ask"}, {"SSH_ASKPASS_REQUIRE", "never"}, {"DISPLAY", ":0"}}));
}

TEST(FarCommand, passesNothingOfThePersonOn) {
    const std::string zstd = hasZstd() ? " --zstd" : "";
    EXPECT_EQ(asLine(farCommand({.host = "alice@db7", .netns = {}}, "ab12", Asking::May)),
              "ssh -T -o RequestTTY=no -o RemoteCommand=none -o ForwardAgent=no -o ForwardX11=no -o "
              "ClearAllForwardings=yes -o PermitLocalCommand=no -o ConnectTimeout=10 -o ServerAliveInterval=5 -o "
              "ServerAliveCountMax=3 -- alice@db7 halfopenctl stream --nonce ab12 --interval 1000ms" +
                  zstd + " --owners");
    EXPECT_EQ(asLine(farCommand({.host = "db7", .netns = "web", .interval = 250ms, .owners = false, .once = true}, "0",
                                Asking::Never, false)),
              "ssh -T -o RequestTTY=no -o RemoteCommand=none -o ForwardAgent=no -o ForwardX11=no -o "
              "ClearAllForwardings=yes -o PermitLocalCommand=no -o ConnectTimeout=10 -o ServerAliveInterval=5 -o "
              "ServerAliveCountMax=3 -o BatchMode=yes -o ControlPath=none -- db7 halfopenctl stream --nonce 0 "
              "--interval 250ms" +
                  zstd + " --once --netns web");
}

TEST(FarCommand, ssIsOneQuotationForAnyShell) {
    const auto words = farCommand({.host = "db7", .netns = {}}, "ab12", Asking::Never, true, FarProgram::Ss);
    ASSERT_GT(words.size(), 3U);
    EXPECT_EQ(words[words.size() - 3], "--");
    EXPECT_EQ(words[words.size() - 2], "db7");
    const std::string& command = words.back();
    EXPECT_TRUE(command.starts_with("sh -c 'PATH=")) << command;
    EXPECT_EQ(std::ranges::count(command, '\''), 2) << command;
    EXPECT_EQ(command.find_first_of("\n\\!"), std::string::npos) << command;
    EXPECT_NE(command.find("halfopen ss 1 ab12"), std::string::npos);
}

TEST(FarCommand, whatIsNoMachineIsRefused) {
    for (const char* host : {"db7", "alice@db7", "2001:db8::1", "ssh://alice@db7:2222", "db-7.example.com"})
        EXPECT_TRUE(checkHost(host)) << host;
    for (const char* host : {"", "-oProxyCommand=id", "-", "db7 rm", "db7\n", "db7\t", "\x1b[2J", "a\x7f"})
        EXPECT_FALSE(checkHost(host)) << host;
    EXPECT_FALSE(checkHost(std::string(2000, 'a')));
}

TEST(FarCommand, onlyWordsThatNoShellTakesApart) {
    for (const char* word : {"web", "cookie:5", "/run/netns/blue", "cups.service", "4711", "app@1"})
        EXPECT_TRUE(isPlainWord(word)) << word;
    for (const char* word :
         {"", "-x", "a b", "a;b", "$(id)", "`id`", "a|b", "a'b", "a\"b", "a\\b", "a*", "a>b", "ä", "a\n"})
        EXPECT_FALSE(isPlainWord(word)) << word;
}

} // namespace
} // namespace halfopen::stream
