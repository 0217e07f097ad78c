// SPDX-License-Identifier: GPL-3.0-or-later
// The window as a program: a signal ends it in order.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <sys/wait.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace halfopen {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;

/// A home and a folder for temporary files, both empty.
class Home {
public:
    Home() {
        std::string name = (fs::temp_directory_path() / "halfopen-end-XXXXXX").string();
        m_path = mkdtemp(name.data());
        for (const char* folder : {"config", "state", "tmp"})
            fs::create_directory(m_path / folder);
    }
    ~Home() { fs::remove_all(m_path); }
    Home(const Home&) = delete;
    Home& operator=(const Home&) = delete;
    fs::path operator/(const char* name) const { return m_path / name; }

private:
    fs::path m_path;
};

pid_t start(const Home& home, std::vector<std::string> words = {}) {
    const pid_t pid = fork();
    if (pid != 0)
        return pid;
    setenv("QT_QPA_PLATFORM", "offscreen", 1);
    setenv("XDG_CONFIG_HOME", (home / "config").c_str(), 1);
    setenv("XDG_STATE_HOME", (home / "state").c_str(), 1);
    setenv("TMPDIR", (home / "tmp").c_str(), 1);
    setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere", 1);
    setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere", 1);
    const int nowhere = open("/dev/null", O_RDWR);
    for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        dup2(nowhere, fd);
    words.insert(words.begin(), HALFOPEN);
    std::vector<char*> argv;
    for (std::string& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    execv(HALFOPEN, argv.data());
    _exit(127);
}

/// Whether the process has a handler for the signal. Source: proc(5), SigCgt.
bool catches(pid_t pid, int number) {
    std::ifstream status("/proc/" + std::to_string(pid) + "/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("SigCgt:"))
            return (std::stoull(line.substr(7), nullptr, 16) >> (number - 1) & 1) != 0;
    return false;
}

/// Waits until it has ended; one that has not by then is killed. @return its status, nullopt where it was killed
std::optional<int> statusOf(pid_t pid, std::chrono::steady_clock::time_point until) {
    int status = -1;
    pid_t ended = 0;
    while ((ended = waitpid(pid, &status, WNOHANG)) == 0 && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(1ms);
    if (ended == pid)
        return status;
    kill(pid, SIGKILL);
    waitpid(pid, &status, 0);
    return std::nullopt;
}

int exitCodeOf(const std::vector<std::string>& words) {
    const Home home;
    const pid_t pid = start(home, words);
    const auto status = pid > 0 ? statusOf(pid, std::chrono::steady_clock::now() + 60s) : std::nullopt;
    return status && WIFEXITED(*status) ? WEXITSTATUS(*status) : -1;
}

TEST(CommandLine, whatMakesNoSenseIsRefused) {
    EXPECT_EQ(exitCodeOf({"--group-by", "colour"}), 2);
    EXPECT_EQ(exitCodeOf({"--page", "colour"}), 2);
    EXPECT_EQ(exitCodeOf({"--netns", "no-such-namespace"}), 2);
    EXPECT_EQ(exitCodeOf({"--filter", "dport ="}), 2);
    EXPECT_EQ(exitCodeOf({"colour"}), 2);
}

TEST(CommandLine, aPictureIsTakenOfWhatIsToBeShown) {
    const std::string picture =
        (fs::temp_directory_path() / ("halfopen-words-" + std::to_string(getpid()) + ".png")).string();
    const std::string recording = std::string(HALFOPEN_RECORDINGS) + "/laboratory.dump";
    EXPECT_EQ(exitCodeOf({"--replay", recording, "--filter", "listening or established", "--group-by", "state",
                          "--page", "connections", "--after", "0", "--screenshot", picture}),
              0);
    EXPECT_TRUE(fs::exists(picture));
    fs::remove(picture);
}

/// What a window that was started so has saved when it was ended.
std::string settingsAfter(std::vector<std::string> words) {
    const Home home;
    const std::string recording = std::string(HALFOPEN_RECORDINGS) + "/laboratory.dump";
    words.insert(words.end(), {"--replay", recording});
    const pid_t pid = start(home, std::move(words));
    if (pid <= 0) // which kill(2) would take for every process
        return "it cannot be started";
    const auto until = std::chrono::steady_clock::now() + 60s;
    while (!catches(pid, SIGTERM) && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(1ms);
    kill(pid, SIGTERM);
    EXPECT_TRUE(statusOf(pid, until)) << "it did not end";
    std::ifstream file(home / "config" / "halfopen" / "halfopen.conf");
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(CommandLine, whatIsToBeShownFirstIsTaken) {
    EXPECT_THAT(settingsAfter({}), AllOf(HasSubstr("page=overview"), HasSubstr("by=none")));
    EXPECT_THAT(settingsAfter({"--page", "history"}), HasSubstr("page=history"));
    EXPECT_THAT(settingsAfter({"--group-by", "state"}), AllOf(HasSubstr("page=connections"), HasSubstr("by=state")))
        << "the page that it is about";
    EXPECT_THAT(settingsAfter({"--filter", "listening"}), HasSubstr("page=connections"));
    EXPECT_THAT(settingsAfter({"--filter", "listening", "--page", "tuning"}), HasSubstr("page=tuning"));
}

class WindowEnd : public testing::TestWithParam<int> {};

TEST_P(WindowEnd, aSignalEndsTheWindowInOrder) {
    const Home home;
    const pid_t pid = start(home);
    ASSERT_GT(pid, 0);
    const auto until = std::chrono::steady_clock::now() + 60s;
    while (!catches(pid, GetParam()) && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(1ms);
    ASSERT_TRUE(catches(pid, GetParam()));
    ASSERT_EQ(kill(pid, GetParam()), 0); // also while the window is still being made
    const auto status = statusOf(pid, until);
    ASSERT_TRUE(status) << "it did not end";
    EXPECT_TRUE(WIFEXITED(*status) && WEXITSTATUS(*status) == 0) << *status;
    EXPECT_TRUE(fs::exists(home / "config" / "halfopen" / "halfopen.conf")) << "the settings are saved";
    EXPECT_TRUE(fs::is_empty(home / "tmp")) << fs::directory_iterator(home / "tmp")->path();
}

INSTANTIATE_TEST_SUITE_P(Signals, WindowEnd, testing::Values(SIGTERM, SIGINT, SIGHUP));

} // namespace
} // namespace halfopen
