// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/far_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <span>
#include <string_view>

namespace halfopen::stream {

namespace {

// ssh tells the other side that it goes, which takes a round trip.
constexpr int kEndWithinMs = 500;

/// Our end, which never waits, and the other one.
bool makePipe(UniqueFd& read, UniqueFd& write, bool oursReads) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return false;
    read.reset(ends[0]);
    write.reset(ends[1]);
    return ::fcntl(oursReads ? ends[0] : ends[1], F_SETFL, O_NONBLOCK) == 0;
}

/// With a null behind them.
std::vector<char*> pointersTo(std::span<const std::string> words) {
    std::vector<char*> pointers;
    for (const std::string& word : words)
        pointers.push_back(const_cast<char*>(word.c_str()));
    pointers.push_back(nullptr);
    return pointers;
}

bool namesOneOf(std::span<const std::string> variables, std::string_view variable) {
    return std::ranges::any_of(variables, [&](const std::string& one) {
        return variable.starts_with(std::string_view(one).substr(0, one.find('=') + 1));
    });
}

/// As a shell would start it: our blocked signals and ignored SIGPIPE are none of its business.
class Attributes {
public:
    Attributes() {
        sigset_t all, none;
        sigfillset(&all);
        sigemptyset(&none);
        posix_spawnattr_init(&m_attributes);
        posix_spawnattr_setsigdefault(&m_attributes, &all);
        posix_spawnattr_setsigmask(&m_attributes, &none);
        posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
        posix_spawn_file_actions_init(&m_files);
    }
    ~Attributes() {
        posix_spawn_file_actions_destroy(&m_files);
        posix_spawnattr_destroy(&m_attributes);
    }
    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;

    void give(const UniqueFd& descriptor, int as) { posix_spawn_file_actions_adddup2(&m_files, descriptor.get(), as); }
    int start(pid_t& pid, std::span<const std::string> variables, std::span<const std::string> words) const {
        std::vector<char*> argv = pointersTo(words);
        std::vector<char*> environment = pointersTo(variables);
        for (char** ours = environ; *ours; ++ours)
            if (!namesOneOf(variables, *ours))
                environment.insert(environment.end() - 1, *ours);
        return ::posix_spawnp(&pid, argv[0], &m_files, &m_attributes, argv.data(), environment.data());
    }

private:
    posix_spawnattr_t m_attributes;
    posix_spawn_file_actions_t m_files;
};

} // namespace

Result<std::unique_ptr<FarProcess>> FarProcess::start(const std::vector<std::string>& words) {
    const auto isVariable = [](const std::string& word) { return word.find('=') != std::string::npos; };
    const auto program = std::ranges::find_if_not(words, isVariable);
    std::unique_ptr<FarProcess> process(new FarProcess);
    UniqueFd input, output, errors;
    const auto refused = [&](int error) {
        return failure(error == ENOENT ? ErrorCode::NotFound : ErrorCode::SomeFailed,
                       Sentence::tr("Cannot start {0}: {1}.", *program, Errno{error}));
    };
    if (!makePipe(input, process->m_input, false) || !makePipe(process->m_output, output, true) ||
        !makePipe(process->m_errors, errors, true))
        return refused(errno);
    Attributes attributes;
    attributes.give(input, STDIN_FILENO);
    attributes.give(output, STDOUT_FILENO);
    attributes.give(errors, STDERR_FILENO);
    pid_t pid = 0;
    if (const int error = attributes.start(pid, {words.begin(), program}, {program, words.end()}); error != 0)
        return refused(error);
    process->m_pid = pid;
    return process;
}

FarProcess::~FarProcess() {
    end();
}

bool FarProcess::reap(int flags) {
    if (m_pid == 0)
        return true;
    pid_t reaped = 0;
    do
        reaped = ::waitpid(m_pid, &m_status, flags);
    while (reaped < 0 && errno == EINTR);
    if (reaped != 0)
        m_pid = 0;
    return m_pid == 0;
}

int FarProcess::end() {
    m_input.reset();
    m_output.reset();
    for (int waited = 0; !reap(WNOHANG) && waited < kEndWithinMs; ++waited) {
        if (waited == kEndWithinMs / 2)
            ::kill(m_pid, SIGTERM);
        ::poll(nullptr, 0, 1);
    }
    if (m_pid != 0)
        ::kill(m_pid, SIGKILL);
    reap(0);
    return m_status;
}

} // namespace halfopen::stream
