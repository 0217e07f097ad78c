// SPDX-License-Identifier: GPL-3.0-or-later
// How long halfopenctl stream waits for the other side.
#include "app/halfopenctl/stream_talk.h"
#include "app/halfopenctl/terminal.h"
#include "core/kernel/unique_fd.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <sys/wait.h>

#include <array>
#include <string>

const std::string_view halfopen::ctl::kProgram = "tst_stream_talk";

namespace halfopen::ctl {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

struct Pipe {
    Pipe() {
        int ends[2];
        EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
        read.reset(ends[0]);
        write.reset(ends[1]);
    }
    void fill() const {
        EXPECT_EQ(::fcntl(write.get(), F_SETFL, O_NONBLOCK), 0);
        while (::write(write.get(), "", 1) == 1) {
        }
        EXPECT_EQ(::fcntl(write.get(), F_SETFL, 0), 0);
    }

    UniqueFd read;
    UniqueFd write;
};

struct Ended {
    int code = -1;
    std::string said; ///< on stderr
};

/// Talks in a process of its own, to somebody who is there and neither says nor reads anything.
Ended talk(const Pipe& output, TalkLimits limits) {
    const Pipe input;
    Pipe errors;
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::dup2(input.read.get(), STDIN_FILENO);
        ::dup2(output.write.get(), STDOUT_FILENO);
        ::dup2(errors.write.get(), STDERR_FILENO);
        const auto sender = stream::StreamSender::open({.nonce = "ab12", .calibrate = false});
        ::_exit(sender ? StreamTalk(**sender, 1s, limits).run() : 99);
    }
    errors.write.reset();
    Ended ended;
    std::array<char, 1024> bytes;
    ssize_t size = 0;
    while ((size = ::read(errors.read.get(), bytes.data(), bytes.size())) > 0)
        ended.said.append(bytes.data(), static_cast<std::size_t>(size));
    int status = 0;
    EXPECT_EQ(::waitpid(pid, &status, 0), pid);
    if (WIFEXITED(status))
        ended.code = WEXITSTATUS(status);
    return ended;
}

TEST(StreamTalk, whoSaysNothingIsGone) {
    const Pipe output;
    const Ended ended = talk(output, {.word = 0s});
    EXPECT_EQ(ended.code, 1);
    EXPECT_THAT(ended.said, HasSubstr("The other side has been silent"));
}

TEST(StreamTalk, whoReadsNothingIsGone) {
    const Pipe output;
    output.fill();
    const Ended ended = talk(output, {.reading = 0s});
    EXPECT_EQ(ended.code, 1);
    EXPECT_THAT(ended.said, HasSubstr("The other side has been silent"));
}

} // namespace
} // namespace halfopen::ctl
