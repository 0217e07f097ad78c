// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ctl/command.h"
#include "tests/skip.h"

#include "halfopen_version.h"
#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <signal.h>
#include <unistd.h>

#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

namespace halfopen {
namespace {

using namespace test;
using nlohmann::json;

class Folder {
public:
    Folder()
        : path(std::filesystem::temp_directory_path() / ("halfopenctl-" + std::to_string(getpid()))) {
        std::filesystem::create_directories(path);
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::string file(const std::string& name) const { return path / name; }
    std::filesystem::path path;
};

std::set<std::string> cookies(const json& frame) {
    std::set<std::string> all;
    for (const auto& connection : frame["connections"])
        all.insert(connection["cookie"].get<std::string>());
    return all;
}

TEST(Halfopenctl, versionIsTheProjects) {
    const auto outcome = ctl({"--version"});
    EXPECT_EQ(outcome.exitCode, 0);
    EXPECT_EQ(outcome.out, std::string("halfopenctl ") + kVersion + "\n");
}

TEST(Halfopenctl, wrongWordsAreUsageErrors) {
    for (const std::vector<std::string>& words :
         std::vector<std::vector<std::string>>{{},
                                               {"lsit"},
                                               {"list", "--nonsense"},
                                               {"list", "--columns", "colour"},
                                               {"list", "--json", "--csv"},
                                               {"show"},
                                               {"show", "xyz"},
                                               {"show", "0"},
                                               {"record"},
                                               {"watch", "--interval", "10ms"},
                                               {"watch", "--count", "-1"},
                                               {"watch", "--count", "18446744073709551616"},
                                               {"watch", "--count", "010"},
                                               {"events", "--count", "-1"},
                                               {"metrics", "--destinations", "-1"},
                                               {"metrics", "--destinations", "21"},
                                               {"metrics", "--destinations", "18446744073709551617"},
                                               {"metrics", "--ports", "-18446744073709551615"},
                                               {"metrics", "--ports", "443,65536"},
                                               {"metrics", "--ports", "0"},
                                               {"watch", "--interval", "soon"}}) {
        const auto outcome = ctl(words);
        EXPECT_EQ(outcome.exitCode, 2) << outcome.out << outcome.err;
        EXPECT_TRUE(outcome.out.empty());
        EXPECT_FALSE(outcome.err.empty());
    }
}

TEST(Halfopenctl, aNumberThatIsNoneIsToldAsItWasGiven) {
    EXPECT_NE(ctl({"watch", "--count", "-1"}).err.find("--count: '-1' is no whole number from 0 to 9"),
              std::string::npos);
    EXPECT_NE(ctl({"metrics", "--destinations", "-1"}).err.find("'-1' is no whole number from 0 to 20"),
              std::string::npos);
}

TEST(Halfopenctl, withJsonErrorsAreJsonToo) {
    for (const auto& words :
         std::vector<std::vector<std::string>>{{"show", "xyz", "--json"}, {"list", "--json", "--nonsense"}}) {
        const auto outcome = ctl(words);
        EXPECT_EQ(json::parse(outcome.err)["error"]["code"], "usage");
    }
}

TEST(Halfopenctl, listAndJsonAgreeOnTheSockets) {
    const auto text = ctl({"list", "--columns", "cookie"});
    ASSERT_EQ(text.exitCode, 0) << text.err;
    EXPECT_EQ(text.out.find('\x1b'), std::string::npos);
    const auto frame = json::parse(ctl({"list", "--json"}).out);
    EXPECT_EQ(frame["schema"], 1);
    std::istringstream lines(text.out);
    std::string line;
    std::getline(lines, line);
    EXPECT_EQ(line, "Cookie");
    std::size_t count = 0;
    while (std::getline(lines, line))
        ++count;
    EXPECT_NEAR(static_cast<double>(count), static_cast<double>(frame["connections"].size()), 20);
}

TEST(Halfopenctl, csvHasAHeaderAndAsManyFieldsInEachLine) {
    const auto outcome = ctl({"list", "--csv", "--columns", "state,recvq,givesup"});
    ASSERT_EQ(outcome.exitCode, 0);
    EXPECT_TRUE(outcome.out.starts_with("state,receive_queue_bytes,gives_up_ms\n"));
    std::istringstream lines(outcome.out);
    for (std::string line; std::getline(lines, line);)
        EXPECT_EQ(std::ranges::count(line, ','), 2) << line;
}

TEST(Halfopenctl, unknownCookieIsNotFound) {
    const auto outcome = ctl({"show", "0xfffffffffffffff1"});
    EXPECT_EQ(outcome.exitCode, 1);
    EXPECT_NE(outcome.err.find("0xfffffffffffffff1"), std::string::npos);
}

TEST(Halfopenctl, fullDiskIsTold) {
    for (const auto& words : std::vector<std::vector<std::string>>{{"list"}, {"list", "--json"}, {"list", "--csv"}}) {
        const auto outcome = ctl(words, {.inChild = [] { dup2(open("/dev/full", O_WRONLY), STDOUT_FILENO); }});
        EXPECT_EQ(outcome.exitCode, 1);
        EXPECT_NE(outcome.err.find("No space left"), std::string::npos);
    }
    EXPECT_EQ(ctl({"record", "/dev/full"}).exitCode, 1);
}

TEST(Halfopenctl, closedPipeIsQuietButNoSuccess) {
    const auto outcome =
        inLab({kProgram, "watch", "--json", "--interval", "250ms", "--count", "40"}, {.readAtMost = 1000});
    EXPECT_EQ(outcome.signal, 0);
    EXPECT_EQ(outcome.exitCode, 1);
    EXPECT_TRUE(outcome.err.empty()) << outcome.err;
}

/// Else the next file that is opened is standard output: a socket of another program, perhaps.
TEST(Halfopenctl, aClosedStandardOutputIsToldAndNothingElseIsWritten) {
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"list"}, {"summary"}, {"summary", "--json"}, {"metrics"}, {"watch", "--count", "1"}, {"--help"}}) {
        const auto outcome = ctl(words, {.inChild = [] { close(STDOUT_FILENO); }});
        EXPECT_EQ(outcome.exitCode, 1) << words[0];
        EXPECT_NE(outcome.err.find("Cannot write the output"), std::string::npos) << words[0] << outcome.err;
    }
}

TEST(Halfopenctl, whereNobodyCanBeToldTheExitCodeTells) {
    const std::function<void()> ways[] = {
        [] { close(STDERR_FILENO); },
        [] { dup2(open("/dev/full", O_WRONLY), STDERR_FILENO); },
    };
    for (const auto& way : ways) {
        EXPECT_EQ(ctl({"--nope"}, {.inChild = way}).exitCode, 2);
        EXPECT_EQ(ctl({"list", "state:("}, {.inChild = way}).exitCode, 2);
        EXPECT_EQ(ctl({"show", "0xfffffffffffffff"}, {.inChild = way}).exitCode, 1);
    }
}

TEST(Halfopenctl, helpThatCannotBeWrittenIsNoSuccess) {
    const auto full = [] { dup2(open("/dev/full", O_WRONLY), STDOUT_FILENO); };
    for (const char* word : {"--help", "--version"})
        EXPECT_EQ(ctl({word}, {.inChild = full}).exitCode, 1) << word;
}

TEST(Halfopenctl, refusedByASeccompFilterIsNotPermitted) {
    const auto outcome = ctl({"list", "--json"}, {.inChild = [] { forbidNetlink(EPERM); }});
    EXPECT_EQ(outcome.exitCode, 3);
    EXPECT_EQ(json::parse(outcome.err)["error"]["code"], "not-permitted");
}

TEST(Halfopenctl, whereSockDiagIsMissingAFilterIsNamedAsAReason) {
    const auto outcome = ctl({"list"}, {.inChild = [] { forbidNetlink(EPROTONOSUPPORT); }});
    EXPECT_EQ(outcome.exitCode, 4);
    EXPECT_NE(outcome.err.find("modprobe tcp_diag"), std::string::npos);
    EXPECT_NE(outcome.err.find("seccomp filter"), std::string::npos) << "here it is the reason";
    const auto restricted = ctl({"list"}, {.inChild = [] { forbidNetlink(EAFNOSUPPORT); }});
    EXPECT_EQ(restricted.exitCode, 4);
    EXPECT_EQ(restricted.err.find("modprobe"), std::string::npos) << "no kernel says that of a module";
    EXPECT_NE(restricted.err.find("RestrictAddressFamilies=AF_NETLINK"), std::string::npos);
}

TEST(Halfopenctl, whatWasRecordedIsReplayed) {
    const Folder folder;
    const std::string file = folder.file("all.dump");
    const auto outcome =
        inLab({"sh", "-c", kProgram + " record " + file + " && " + kProgram + " list --json --no-owners"});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    const auto replay = ctl({"list", "--json", "--replay", file});
    ASSERT_EQ(replay.exitCode, 0) << replay.err;
    const json recorded = json::parse(replay.out);
    const json live = json::parse(outcome.out);
    EXPECT_GE(recorded["connections"].size(), 15U);
    std::vector<std::string> both;
    std::ranges::set_intersection(cookies(recorded), cookies(live), std::back_inserter(both));
    EXPECT_GE(both.size() + 4, recorded["connections"].size()); // the chatty ones come and go
    EXPECT_EQ(recorded["hz"], live["hz"]);
    EXPECT_EQ(recorded["sysctl"], live["sysctl"]);
}

TEST(Halfopenctl, recordingsObeyTheUmask) {
    for (const mode_t mask : {022U, 077U, 007U}) {
        const auto folder = std::filesystem::temp_directory_path() / fmt::format("halfopen-umask-{}", getpid());
        std::filesystem::create_directory(folder);
        const auto file = folder / "all.dump";
        const auto recorded = ctl({"record", file.string()}, {.inChild = [mask] { umask(mask); }});
        EXPECT_EQ(recorded.exitCode, 0) << recorded.err;
        EXPECT_EQ(static_cast<unsigned>(std::filesystem::status(file).permissions()), 0666U & ~mask);
        std::filesystem::remove_all(folder);
    }
}

TEST(Halfopenctl, anInterruptedRecordingLeavesNothingBesideIt) {
    const auto folder = std::filesystem::temp_directory_path() / fmt::format("halfopen-interrupt-{}", getpid());
    std::filesystem::create_directory(folder);
    const auto file = folder / "all.dump";
    for (int delay = 0; delay < 60; delay += 3) { // wherever it is just then
        const pid_t pid = fork();
        if (pid == 0) {
            dup2(open("/dev/null", O_RDWR), STDERR_FILENO);
            execl(kProgram.c_str(), kProgram.c_str(), "record", file.c_str(), nullptr);
            _exit(127);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(delay)); // no condition: any moment is to be good
        kill(pid, SIGINT);
        waitpid(pid, nullptr, 0);
        for (const auto& entry : std::filesystem::directory_iterator(folder))
            EXPECT_EQ(entry.path(), file) << "after " << delay << " ms";
    }
    std::filesystem::remove_all(folder);
}

TEST(Halfopenctl, recordingsAreReadBySsAndThoseOfSsByUs) {
    if (run({"ss", "-V"}).exitCode != 0)
        SKIP_UNLESS_CI("ss (iproute2) is not installed");
    const Folder folder;
    const std::string ours = folder.file("ours.dump");
    const std::string theirs = folder.file("theirs.dump");
    ASSERT_EQ(inLab({"sh", "-c", kProgram + " record " + ours + " && ss -tanoiD " + theirs + " >/dev/null"}).exitCode,
              0);
    const auto read = run({"env", "TCPDIAG_FILE=" + ours, "ss", "-tan4"});
    EXPECT_EQ(read.exitCode, 0) << read.err;
    EXPECT_NE(read.out.find("192.0.2.10"), std::string::npos) << read.out;
    const auto replay = ctl({"list", "--replay", theirs});
    EXPECT_EQ(replay.exitCode, 0) << replay.err;
    EXPECT_NE(replay.out.find("192.0.2.10"), std::string::npos) << replay.out;
}

TEST(Halfopenctl, damagedRecordingShowsWhatItHoldsAndNamesTheOffset) {
    const Folder folder;
    const std::string file = folder.file("whole.dump");
    ASSERT_EQ(inLab({kProgram, "record", file}).exitCode, 0);
    std::filesystem::resize_file(file, 1000);
    const auto outcome = ctl({"list", "--replay", file});
    EXPECT_EQ(outcome.exitCode, 0);
    EXPECT_NE(outcome.err.find("damaged at byte"), std::string::npos) << outcome.err;
    EXPECT_GE(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 2) << outcome.out; // a header and a socket
}

TEST(Halfopenctl, whatIsNoRecordingIsUnreadable) {
    EXPECT_EQ(ctl({"list", "--replay", "/etc/hostname"}).exitCode, 5);
    EXPECT_EQ(ctl({"list", "--replay", "/nonexistent"}).exitCode, 1);
}

TEST(Halfopenctl, recordingIntoAMissingFolderFailsWithItsName) {
    const auto outcome = ctl({"record", "/nonexistent/folder/x.dump"});
    EXPECT_EQ(outcome.exitCode, 1);
    EXPECT_NE(outcome.err.find("/nonexistent/folder/x.dump"), std::string::npos);
}

TEST(Halfopenctl, theLaboratoryShowsEveryDiagnosis) {
    const auto outcome = inLab({"sh", "-c", "sleep 14; " + kProgram + " list --json"});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    std::set<std::string> diagnoses;
    const json frame = json::parse(outcome.out);
    for (const auto& connection : frame["connections"])
        diagnoses.insert(connection["diagnosis"].get<std::string>());
    EXPECT_EQ(diagnoses, (std::set<std::string>{"listening", "opening", "abandoned", "closing", "suspect", "stalled",
                                                "active", "guarded", "unguarded"}));
}

TEST(Halfopenctl, theLaboratoryOfAnOrdinaryUserShowsWhoHoldsWhat) {
    const auto becomeNobody = [] {
        if (getuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
            _exit(126);
    };
    // What runs the laboratory is what it runs: nobody may reach its path where the clone is in a closed home.
    const auto outcome = inLab({"/proc/self/exe", "list", "--json"}, {.inChild = becomeNobody});
    if (outcome.exitCode == 3)
        SKIP_UNLESS_CI(outcome.err);
    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    std::size_t exact = 0;
    const json frame = json::parse(outcome.out);
    for (const auto& connection : frame["connections"]) {
        EXPECT_NE(connection["processes_unknown"], "other user") << connection;
        exact += connection["keepalive"]["idle_s"]["provenance"] == "exact";
    }
    EXPECT_GE(exact, 10U);
}

TEST(Halfopenctl, filterWordsAllHaveToMatch) {
    const auto outcome = inLab({kProgram, "list", "--json", "5432", "192.0.2.10"});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    const json frame = json::parse(outcome.out);
    ASSERT_FALSE(frame["connections"].empty());
    for (const auto& connection : frame["connections"])
        EXPECT_EQ(connection["remote"]["port"], 5432);
}

TEST(Halfopenctl, showExplainsInSentences) {
    const auto outcome = inLab(
        {"sh", "-c", kProgram + " show $(" + kProgram + " list --csv --columns cookie 5432 192.0.2.10 | sed -n 2p)"});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    EXPECT_NE(outcome.out.find("203.0.113"), std::string::npos) << outcome.out;
    EXPECT_NE(outcome.out.find("Keepalive is"), std::string::npos) << outcome.out;
}

TEST(Halfopenctl, watchEndsAfterItsCountAndGivesEachSampleALine) {
    const auto outcome = inLab({kProgram, "watch", "--json", "--interval", "250ms", "--count", "2"});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    std::istringstream lines(outcome.out);
    std::vector<int> sequences;
    for (std::string line; std::getline(lines, line);) {
        const auto sample = json::parse(line);
        sequences.push_back(sample["sequence"].get<int>());
        EXPECT_EQ(sample["schema"], 1);
        EXPECT_TRUE(sample["held"].is_array());
        ASSERT_FALSE(sample["connections"].empty());
        for (const auto& connection : sample["connections"])
            EXPECT_TRUE(connection["change"].is_string()) << connection;
    }
    EXPECT_EQ(sequences, (std::vector<int>{1, 2}));
}

TEST(Halfopenctl, labSaysWhatItCannotRun) {
    const auto outcome = inLab({"/nonexistent/command"});
    EXPECT_EQ(outcome.exitCode, 1);
    EXPECT_NE(outcome.err.find("/nonexistent/command"), std::string::npos);
}

} // namespace
} // namespace halfopen
