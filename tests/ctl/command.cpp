// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ctl/command.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <array>
#include <cstddef>
#include <cstdlib>

namespace halfopen::test {

namespace {

[[noreturn]] void become(const std::vector<std::string>& words, const int (&out)[2], const int (&err)[2],
                         const Setup& setup) {
    std::vector<char*> argv;
    for (const auto& word : words)
        argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    dup2(err[1], STDERR_FILENO);
    for (const int fd : {out[0], out[1], err[0], err[1]})
        close(fd);
    const int program = open(argv[0], O_PATH | O_CLOEXEC);
    setenv("LC_ALL", "C.UTF-8", 1); // its words are English, unless the test is about another language
    if (setup.inChild)
        setup.inChild();
    if (program >= 0) // another user may not reach it, where the clone is in a home that is closed to others
        execveat(program, "", argv.data(), environ, AT_EMPTY_PATH);
    execvp(argv[0], argv.data());
    _exit(127);
}

/// Reads both pipes until both are closed.
void collect(int out, int err, std::size_t readAtMost, Outcome& outcome) {
    std::array<pollfd, 2> pipes{{{out, POLLIN, 0}, {err, POLLIN, 0}}};
    std::array<std::string*, 2> texts{&outcome.out, &outcome.err};
    while (pipes[0].fd >= 0 || pipes[1].fd >= 0) {
        poll(pipes.data(), pipes.size(), -1);
        for (std::size_t i = 0; i < pipes.size(); ++i) {
            if (pipes[i].fd < 0 || pipes[i].revents == 0)
                continue;
            char buffer[4096];
            const ssize_t size = read(pipes[i].fd, buffer, sizeof buffer);
            if (size > 0)
                texts[i]->append(buffer, static_cast<std::size_t>(size));
            if (size <= 0 || (i == 0 && texts[i]->size() >= readAtMost)) {
                close(pipes[i].fd);
                pipes[i].fd = -1;
            }
        }
    }
}

} // namespace

Outcome run(const std::vector<std::string>& words, const Setup& setup) {
    int out[2];
    int err[2];
    if (pipe(out) != 0 || pipe(err) != 0)
        std::abort();
    const pid_t pid = fork();
    if (pid == 0)
        become(words, out, err, setup);
    close(out[1]);
    close(err[1]);
    Outcome outcome;
    collect(out[0], err[0], setup.readAtMost, outcome);
    int status = 0;
    waitpid(pid, &status, 0);
    if (WIFEXITED(status))
        outcome.exitCode = WEXITSTATUS(status);
    else
        outcome.signal = WTERMSIG(status);
    return outcome;
}

Outcome ctl(std::vector<std::string> words, const Setup& setup) {
    words.insert(words.begin(), kProgram);
    return run(words, setup);
}

Outcome inLab(std::vector<std::string> words, const Setup& setup) {
    words.insert(words.begin(), {kProgram, "lab", "--"});
    return run(words, setup);
}

void forbidNetlink(int error) {
    sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_NETLINK, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<unsigned>(error)),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog program{static_cast<unsigned short>(std::size(filter)), filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
        _exit(126);
}

} // namespace halfopen::test
