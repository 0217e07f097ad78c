// SPDX-License-Identifier: GPL-3.0-or-later
// The language of filters on the command line: mistakes, words with a minus, whole programs, recordings.
#include "core/kernel/unique_fd.h"
#include "tests/core/own_network.h"
#include "tests/ctl/command.h"
#include "tests/skip.h"

#include <gmock/gmock.h>
#include <signal.h>
#include <unistd.h>

#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

namespace halfopen {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::Not;

using Words = std::vector<std::string>;

Words with(Words words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

TEST(CtlFilters, aMistakeIsShownUnderTheFilterWhereverOneIsTaken) {
    const std::string said =
        "halfopenctl: The filter, position 20: a port is missing after >=, for example  sport >= :1024.\n"
        "  firefox or sport >=\n"
        "                     ^\n";
    for (const Words& words : std::vector<Words>{{"list"},
                                                 {"list", "--csv"},
                                                 {"watch"},
                                                 {"events"},
                                                 {"record", "/nonexistent/file"},
                                                 {"list", "--replay", HALFOPEN_RECORDINGS "/laboratory.dump"}}) {
        const Outcome outcome = ctl(with(words, {"firefox", "or", "sport >="}));
        EXPECT_EQ(outcome.exitCode, 2) << words.front();
        EXPECT_EQ(outcome.out, "");
        EXPECT_EQ(outcome.err, said) << words.front();
    }
    const Outcome closing = ctl({"close", "--yes", "--filter", "firefox or sport >="});
    EXPECT_EQ(closing.exitCode, 2);
    EXPECT_EQ(closing.err, said);
    const Outcome wide = ctl({"list", "\u706b\u72d0 or sport >="});
    EXPECT_EQ(wide.err, "halfopenctl: The filter, position 15: a port is missing after >=, for example  sport >= "
                        ":1024.\n  \u706b\u72d0 or sport >=\n                  ^\n")
        << "counted in characters, shown by columns";
    const Outcome inJson = ctl({"list", "--json", "dport = :htps"});
    EXPECT_EQ(inJson.exitCode, 2);
    EXPECT_EQ(
        inJson.err,
        "{\"error\":{\"code\":\"usage\",\"message\":\"The filter, position 9: 'htps' is no port and no service, for "
        "example  dport = :443; did you mean https?\"}}\n");
}

/// A recording has sockets of the laboratory, whatever runs here.
Outcome listRecording(const Words& filter) {
    return ctl(
        with({"list", "--csv", "--columns", "state", "--replay", HALFOPEN_RECORDINGS "/laboratory.dump"}, filter));
}

std::size_t rowsOf(const Outcome& outcome) {
    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    return static_cast<std::size_t>(std::count(outcome.out.begin(), outcome.out.end(), '\n')) - 1;
}

TEST(CtlFilters, recordingsAreFilteredByTheSameLanguage) {
    const std::size_t all = rowsOf(listRecording({}));
    const std::size_t established = rowsOf(listRecording({"state", "established"}));
    EXPECT_GT(established, 0U);
    EXPECT_LT(established, all);
    EXPECT_EQ(rowsOf(listRecording({"exclude", "established"})), all - established);
    EXPECT_EQ(rowsOf(listRecording({"not", "(", "state", "established", ")"})), all - established);
    EXPECT_EQ(rowsOf(listRecording({"-established"})), all - established) << "a minus before a word is no option";
    EXPECT_EQ(rowsOf(listRecording({"!established"})), all - established);
    const Outcome marks = listRecording({"fwmark", "=", "1"});
    EXPECT_EQ(marks.exitCode, 4);
    EXPECT_THAT(marks.err, HasSubstr("A recording tells no marks"));
}

TEST(CtlFilters, aNameThatNothingHasIsToldWithWhatMayHaveBeenMeant) {
    const Outcome outcome = listRecording({"htps"});
    EXPECT_EQ(rowsOf(outcome), 0U);
    EXPECT_THAT(outcome.err, HasSubstr("No connection has 'htps' anywhere; did you mean https (port 443)?"));
    EXPECT_THAT(listRecording({"established"}).err, Not(HasSubstr("anywhere")));
    EXPECT_THAT(listRecording({"dport = :443 or dport = :80 and established"}).err, HasSubstr("Read from the left"));
}

/// A process whose name says nothing, with a listener.
class Renamed {
public:
    Renamed() {
        EXPECT_EQ(pipe(m_pipe), 0);
        m_pid = fork();
        if (m_pid == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            prctl(PR_SET_NAME, "plain");
            const int fd = socket(AF_INET, SOCK_STREAM, 0);
            const bool listens = listen(fd, 1) == 0;
            if (write(m_pipe[1], "x", 1) != 1 || !listens)
                _exit(1);
            pause();
            _exit(0);
        }
        char byte = 0;
        EXPECT_EQ(read(m_pipe[0], &byte, 1), 1);
    }
    ~Renamed() {
        kill(m_pid, SIGKILL);
        waitpid(m_pid, nullptr, 0);
        close(m_pipe[0]);
        close(m_pipe[1]);
    }
    Renamed(const Renamed&) = delete;
    Renamed& operator=(const Renamed&) = delete;

private:
    int m_pipe[2]{};
    pid_t m_pid = -1;
};

TEST(CtlFilters, aProgramIsFoundByItsFileToo) {
    if (whyNoNetwork())
        SKIP_UNLESS_CI(*whyNoNetwork());
    const Renamed other;
    for (const char* filter : {"plain tst_ctl_sock", "process=plain tst_ctl_sockets", "plain program:tst_ctl_sockets",
                               "plain cmdline:tst_ctl"}) {
        const Outcome outcome = ctl({"list", "--csv", "--columns", "process", filter});
        EXPECT_EQ(rowsOf(outcome), 1U) << filter << outcome.out << outcome.err;
    }
    EXPECT_EQ(rowsOf(ctl({"list", "--csv", "--columns", "process", "plain -tst_ctl_sock"})), 0U);
}

/// A listener on a port of its own.
class Listening {
public:
    Listening() {
        EXPECT_EQ(::listen(m_socket.get(), 64), 0);
        sockaddr_in address{};
        socklen_t size = sizeof address;
        EXPECT_EQ(getsockname(m_socket.get(), reinterpret_cast<sockaddr*>(&address), &size), 0);
        m_word = ':' + std::to_string(ntohs(address.sin_port));
    }
    const std::string& word() const { return m_word; } ///< ":40001"

private:
    UniqueFd m_socket{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    std::string m_word;
};

TEST(CtlFilters, watchTellsHowManyItShowsAndWhatNoConnectionHas) {
    if (whyNoNetwork())
        SKIP_UNLESS_CI(*whyNoNetwork());
    const Listening listener;
    const Outcome none = ctl({"watch", "--count", "2", "--interval", "250ms", "xyzzyplugh"});
    EXPECT_EQ(none.err, "halfopenctl: No connection has 'xyzzyplugh' anywhere.\n") << "once";
    EXPECT_THAT(none.out, HasSubstr("0 of "));
    const Outcome one = ctl({"watch", "--count", "1", "--interval", "250ms", listener.word() + " state listening"});
    EXPECT_EQ(one.err, "");
    EXPECT_THAT(one.out, HasSubstr("1 of "));
    EXPECT_THAT(ctl({"watch", "--count", "1", "--interval", "250ms"}).out, Not(HasSubstr(" shown; ")));
    const Outcome young = ctl({"watch", "--count", "1", "--interval", "250ms", "age<1m"});
    EXPECT_EQ(young.err, "") << "the next sample knows";
}

/// On a terminal the reason stands on the screen, and goes with it.
TEST(CtlFilters, watchTellsItOnItsScreen) {
    const Outcome screen =
        run({"script", "-qec", std::string(kProgram) + " watch --count 1 --interval 250ms xyzzyplugh", "/dev/null"});
    EXPECT_THAT(screen.out, HasSubstr("No connection has 'xyzzyplugh' anywhere."));
}

TEST(CtlFilters, eventsTellWhatNoConnectionHas) {
    if (whyNoNetwork())
        SKIP_UNLESS_CI(*whyNoNetwork());
    const Listening listener;
    const Outcome outcome = run({"bash", "-c",
                                 R"sh("$0" events --count 1 "xyzzyplugh or $1" & events=$!
                                      while kill -0 $events 2>/dev/null; do exec 3<>/dev/tcp/127.0.0.1/${1#:}; exec 3>&-; done
                                      wait $events)sh",
                                 kProgram, listener.word()});
    EXPECT_THAT(outcome.err, HasSubstr("halfopenctl: No connection has 'xyzzyplugh' anywhere.\n"));
}

/// One sample knows no ages: who asks for "young ones" is not shown, or made to close, all.
TEST(CtlFilters, whatOneSampleDoesNotKnowIsTold) {
    if (whyNoNetwork())
        SKIP_UNLESS_CI(*whyNoNetwork());
    const Listening listener;
    const std::string why = "age is not known from one sample, so nothing compares with it.";
    const Outcome young = ctl({"list", "--csv", "--columns", "local", listener.word() + " age<1h"});
    EXPECT_EQ(rowsOf(young), 0U);
    EXPECT_THAT(young.err, HasSubstr(why));
    for (const char* filter : {"age<1h", "not age<1h"}) {
        const Outcome close = ctl({"close", "--yes", "--filter", filter});
        EXPECT_EQ(close.exitCode, 2) << filter;
        EXPECT_THAT(close.err, HasSubstr(why));
    }
}

} // namespace
} // namespace halfopen
