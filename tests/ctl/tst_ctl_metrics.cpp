// SPDX-License-Identifier: GPL-3.0-or-later
// What is told to Prometheus, against sockets opened for it and the readers of Prometheus itself.
#include "tests/core/loopback_test.h"
#include "tests/ctl/command.h"
#include "tests/skip.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace halfopen {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class CtlMetrics : public LoopbackTest {
protected:
    CtlMetrics() {
        std::string name = (std::filesystem::temp_directory_path() / "halfopen-metrics-XXXXXX").string();
        folder = ::mkdtemp(name.data());
    }
    ~CtlMetrics() override { std::filesystem::remove_all(folder); }

    std::string file() const { return (folder / "halfopen.prom").string(); }
    static std::string textOf(const std::filesystem::path& path) {
        std::ifstream from(path);
        return {std::istreambuf_iterator<char>(from), {}};
    }
    std::size_t files() const {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
    }
    /// Keeps the file, with names of processes, until it is as a condition of the shell has it, $1 being its name.
    /// @return exit code 1: it was not within a minute
    test::Outcome keepUntil(const std::string& condition) const {
        const std::string script = fmt::format(
            "\"$0\" metrics --textfile \"$1\" --interval 1s --by process & pid=$!; i=0; "
            "until [ -s \"$1\" ] && {}; do i=$((i + 1)); [ $i -lt 600 ] || {{ kill $pid; exit 1; }}; sleep 0.1; done; "
            "kill -INT $pid; wait $pid",
            condition);
        return run({"sh", "-c", script, kProgram, file()});
    }
    static std::string port(const UniqueFd& socket) {
        sockaddr_in address{};
        socklen_t length = sizeof address;
        EXPECT_EQ(getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &length), 0);
        return std::to_string(ntohs(address.sin_port));
    }

    std::filesystem::path folder;
};

TEST_F(CtlMetrics, areTrue) {
    const auto outcome = ctl({"metrics"});
    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("halfopen_collect_success 1\n"));
    EXPECT_THAT(outcome.out, HasSubstr("halfopen_sockets{state=\"established\"} 2\n"));
    EXPECT_THAT(outcome.out, HasSubstr("halfopen_connections{diagnosis=\"unguarded\",scope=\"public\"} 0\n"));
    EXPECT_THAT(outcome.out, HasSubstr(fmt::format("halfopen_listen_queue_connections{{port=\"{}\"}} 0\n",
                                                   port(loopback.listener))));
    EXPECT_THAT(outcome.out, Not(HasSubstr("halfopen_endings_total"))) << "nothing has been counted";
    EXPECT_THAT(outcome.out, Not(HasSubstr("127.0.0.1"))) << "no address unless asked for";
}

TEST_F(CtlMetrics, areReadByPrometheusItself) {
    if (run({"promtool", "--version"}).exitCode != 0)
        SKIP_UNLESS_CI("promtool is not installed");
    ASSERT_EQ(ctl({"metrics", "--by", "process", "--destinations", "5", "--textfile", file(), "--once"}).exitCode, 0);
    const auto checked = run({"sh", "-c", "promtool check metrics <" + file()});
    EXPECT_EQ(checked.exitCode, 0) << checked.err << checked.out;
    EXPECT_THAT(checked.err, Not(HasSubstr("error")));
    const auto openMetrics = folder / "all.om";
    std::ofstream(openMetrics) << ctl({"metrics", "--openmetrics"}).out;
    const auto strict = run({"/usr/bin/python3", "-c",
                             "import sys; from prometheus_client.openmetrics import parser\n"
                             "print(len(list(parser.text_fd_to_metric_families(open(sys.argv[1])))))",
                             openMetrics.string()});
    EXPECT_EQ(strict.exitCode, 0) << strict.err;
    EXPECT_GT(std::atoi(strict.out.c_str()), 40) << strict.out;
}

TEST_F(CtlMetrics, areWrittenAsAWholeForEverybody) {
    std::ofstream(file()) << "old";
    const auto outcome = ctl({"metrics", "--textfile", file(), "--once"});
    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(textOf(file()), HasSubstr("halfopen_build_info{version="));
    EXPECT_EQ(files(), 1U) << "nothing lies beside it";
    struct stat status {};
    ASSERT_EQ(::stat(file().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0644U);
}

TEST_F(CtlMetrics, goOnBeingWrittenUntilInterrupted) {
    // Until another file has taken the place of the first: the second look has counted.
    const auto outcome = keepUntil("[ \"$(stat -c %i \"$1\")\" != \"${first:=$(stat -c %i \"$1\")}\" ]");
    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    const std::string text = textOf(file());
    EXPECT_THAT(text, HasSubstr("halfopen_collect_interval_seconds"));
    EXPECT_THAT(text, HasSubstr("halfopen_endings_total{ending=\"keepalive-exhausted\"} "));
    EXPECT_THAT(text, HasSubstr("halfopen_forecast_error_seconds_count{event=\"give_up\"} "));
    EXPECT_EQ(files(), 1U);
}

TEST_F(CtlMetrics, tellOfDeadSocketsAndOfOwnersAsTheyAreFound) {
    Loopback living;
    living.connectClient();
    const UniqueFd accepted = living.accepted();
    for (const int fd : {living.listener.get(), living.client.get(), accepted.get()})
        ASSERT_EQ(fcntl(fd, F_SETFD, FD_CLOEXEC), 0);
    ASSERT_EQ(write(loopback.client.get(), "x", 1), 1); // unread: closing resets
    server.reset();
    const auto outcome = keepUntil("grep -qx 'halfopen_held_connections 1' \"$1\" && "
                                   "grep -q '^halfopen_process_connections{process=\"tst_ctl' \"$1\"");
    EXPECT_EQ(outcome.exitCode, 0) << outcome.err << textOf(file());
}

TEST_F(CtlMetrics, leaveTheOldFileWhereTheNewOneCannotBeWritten) {
    std::ofstream(file()) << "old";
    test::Setup noSpace;
    noSpace.inChild = [] {
        const rlimit none{0, 0};
        ::setrlimit(RLIMIT_FSIZE, &none);
        ::signal(SIGXFSZ, SIG_IGN);
    };
    const auto outcome = ctl({"metrics", "--textfile", file(), "--once"}, noSpace);
    EXPECT_NE(outcome.exitCode, 0);
    EXPECT_THAT(outcome.err, HasSubstr(file()));
    EXPECT_EQ(textOf(file()), "old");
    EXPECT_EQ(files(), 1U);
}

TEST_F(CtlMetrics, whatMakesNoSenseIsRefused) {
    EXPECT_EQ(ctl({"metrics", "--textfile", (folder / "halfopen.txt").string()}).exitCode, 2);
    EXPECT_EQ(ctl({"metrics", "--textfile", file(), "--openmetrics"}).exitCode, 2);
    EXPECT_EQ(ctl({"metrics", "--middlebox", "nobody"}).exitCode, 2);
    EXPECT_EQ(ctl({"metrics", "--middlebox", "aws-classic-elb"}).exitCode, 2) << "of layer 7";
    EXPECT_EQ(ctl({"metrics", "--interval", "5s"}).exitCode, 2) << "of what?";
    EXPECT_EQ(ctl({"metrics", "--textfile", file(), "--interval", "10ms"}).exitCode, 2);
    EXPECT_EQ(ctl({"metrics", "--by", "user"}).exitCode, 2);
    EXPECT_EQ(files(), 0U);
}

} // namespace
} // namespace halfopen
