// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ctl/far_end.h"

#include "tests/ctl/command.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <sys/prctl.h>
#include <sys/wait.h>

#include <array>
#include <utility>

namespace halfopen::test {

FarEnd::FarEnd(const std::vector<std::string>& words) {
    int in[2];
    int out[2];
    EXPECT_EQ(pipe2(in, O_CLOEXEC), 0);
    EXPECT_EQ(pipe2(out, O_CLOEXEC), 0);
    m_pid = fork();
    if (m_pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        std::vector<std::string> all{kProgram, "stream", "--nonce", "ab12"};
        all.insert(all.end(), words.begin(), words.end());
        std::vector<char*> argv;
        for (const std::string& word : all)
            argv.push_back(const_cast<char*>(word.c_str()));
        argv.push_back(nullptr);
        execv(argv[0], argv.data());
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    m_input.reset(in[1]);
    m_output.reset(out[0]);
}

FarEnd::~FarEnd() {
    if (m_pid > 0) {
        kill(m_pid, SIGKILL);
        waitpid(m_pid, nullptr, 0);
    }
}

void FarEnd::say(std::string_view line) const {
    EXPECT_EQ(write(m_input.get(), line.data(), line.size()), static_cast<ssize_t>(line.size()));
}

bool FarEnd::readUntil(const std::function<bool(const stream::Message&, ByteView)>& enough) {
    bool said = false;
    while (!said) {
        std::array<std::byte, 65536> buffer;
        const ssize_t size = read(m_output.get(), buffer.data(), buffer.size());
        if (size <= 0)
            return false;
        m_bytes += static_cast<std::size_t>(size);
        const auto fed = m_reader.feed(ByteView(buffer).first(static_cast<std::size_t>(size)),
                                       [&](stream::Message&& message, ByteView raw) -> Result<void> {
                                           if (const auto* hello = std::get_if<stream::Hello>(&message))
                                               m_hello = *hello;
                                           said = enough(message, raw) || said;
                                           return {};
                                       });
        EXPECT_TRUE(fed) << inEnglish(fed.error());
        if (!fed)
            return false;
    }
    return true;
}

int FarEnd::exitCode() {
    int status = 0;
    waitpid(std::exchange(m_pid, 0), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace halfopen::test
