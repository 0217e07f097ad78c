// SPDX-License-Identifier: GPL-3.0-or-later
// The line to another machine, which is a script here.
#include "core/stream/limits.h"
#include "core/stream/remote_link.h"
#include "core/stream/remote_source.h"
#include "core/stream/shared_connection.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <sys/eventfd.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <span>
#include <thread>

namespace halfopen::stream {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

/// Reads what it is told and says nothing.
constexpr const char* kMute = "exec cat > /dev/null";

class RemoteLinkTest : public testing::Test {
protected:
    RemoteLinkTest() {
        std::string name = (std::filesystem::temp_directory_path() / "halfopen-link-XXXXXX").string();
        EXPECT_NE(::mkdtemp(name.data()), nullptr);
        directory = name;
        put("begin", encode(Begin{}));
        put("end", encode(End{}));
        put("pong", encode(Pong{}));
    }
    ~RemoteLinkTest() override {
        link.reset();
        std::error_code ignored;
        std::filesystem::remove_all(directory, ignored);
    }
    void put(const char* name, const std::vector<std::byte>& bytes, const std::string& before = {}) const {
        std::ofstream(directory / name) << before
                                        << std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
    /// @param script  of sh, in a directory with the messages: `opening` is its first line and its hello
    void connect(const std::string& script, Asking asking, TimeLimits limits) {
        const auto command = [this, script](const std::string& nonce, Asking, bool shared, FarProgram) {
            const std::lock_guard lock(mutex);
            put("opening", encode(Hello{.host = "db7", .bootId = bootId}), firstLine(nonce));
            tries.push_back(shared);
            const std::string& run = shared && !ofAnother.empty() ? ofAnother : script;
            return std::vector<std::string>{"sh", "-c", fmt::format("cd {} && {}", directory.string(), run)};
        };
        link = std::make_shared<RemoteLink>(FarRequest{.host = "far", .netns = {}}, asking, command, limits);
    }
    std::string whyNot() {
        const auto news = link->waitAfter(0);
        EXPECT_FALSE(news.dump);
        return news.error ? inEnglish(*news.error) : "";
    }
    std::vector<bool> tried() {
        const std::lock_guard lock(mutex);
        return tries;
    }

    std::filesystem::path directory;
    std::string ofAnother; ///< script where the connection of another ssh may be taken; "": the same
    std::mutex mutex;
    std::string bootId = "of March";
    std::vector<bool> tries; ///< with a connection that another ssh keeps open, or not
    RemoteLinkPtr link;
};

TEST_F(RemoteLinkTest, whoSaysNothingIsTriedAgainWithoutAnothersConnectionAndGivenUp) {
    connect(kMute, Asking::Never, {.connect = 0s});
    EXPECT_THAT(whyNot(), StartsWith("Nothing has come from far within "));
    EXPECT_THAT(tried(), ElementsAre(true, false));
}

TEST_F(RemoteLinkTest, aPersonWhoIsAskedHasAllTheTime) {
    ASSERT_EQ(::mkfifo((directory / "answer").c_str(), 0600), 0);
    connect("read -r answer < answer; cat opening begin end; while read -r asked; do cat pong; done", Asking::May,
            {.connect = 0s});
    std::ofstream(directory / "answer") << "yes\n"; // waits until it is asked
    EXPECT_TRUE(link->waitAfter(0).dump);
    EXPECT_THAT(tried(), ElementsAre(true));
}

/// What ssh -O check answers. @param script  of an ssh that is found in PATH before any other
bool isShared(const std::filesystem::path& directory, const std::string& script, std::chrono::milliseconds within) {
    std::ofstream(directory / "ssh") << "#!/bin/sh\n" << script << '\n';
    EXPECT_EQ(::chmod((directory / "ssh").c_str(), 0755), 0);
    const std::string path = std::getenv("PATH");
    ::setenv("PATH", (directory.string() + ":" + path).c_str(), 1);
    const UniqueFd never(::eventfd(0, 0));
    const bool shared = isConnectionShared("far", within, never.get());
    ::setenv("PATH", path.c_str(), 1);
    return shared;
}

TEST_F(RemoteLinkTest, sshTellsWhetherItWouldTakeTheConnectionOfAnother) {
    EXPECT_TRUE(isShared(directory, R"([ "$*" = "-O check -o BatchMode=yes -- far" ] && echo Master running >&2)", 1h));
    EXPECT_FALSE(isShared(directory, "echo 'No ControlPath specified for \"-O\" command' >&2; exit 255", 1h));
    EXPECT_TRUE(isShared(directory, "exec cat", 0s)) << "it waits for the other one";
}

TEST_F(RemoteLinkTest, aDeadConnectionOfAnotherSshIsPassedByWhoeverMayBeAsked) {
    ofAnother = kMute;
    const std::string path = std::getenv("PATH");
    ASSERT_TRUE(isShared(directory, "exit 0", 1h));
    ::setenv("PATH", (directory.string() + ":" + path).c_str(), 1);
    connect("cat opening begin end; while read -r asked; do cat pong; done", Asking::May, {.shared = 0s});
    EXPECT_TRUE(link->waitAfter(0).dump);
    ::setenv("PATH", path.c_str(), 1);
    EXPECT_THAT(tried(), ElementsAre(true, false));
}

TEST_F(RemoteLinkTest, whoTalksAndDoesNotBeginIsGivenUp) {
    connect(fmt::format("echo Welcome; {}", kMute), Asking::May, {.hello = 0s});
    EXPECT_THAT(whyNot(),
                AllOf(HasSubstr("No halfopenctl has answered on far within "), EndsWith("It said: Welcome.")));
}

TEST_F(RemoteLinkTest, aDumpThatDoesNotEndIsGivenUp) {
    connect(fmt::format("cat opening begin; {}", kMute), Asking::May, {.dump = 0s});
    EXPECT_EQ(whyNot(), "Nothing comes from far any more.");
}

TEST_F(RemoteLinkTest, anotherProtocolIsToldWhereNoHelloFollows) {
    connect("exec sed 's/stream 1/stream 2/;q' opening", Asking::Never, {});
    EXPECT_THAT(whyNot(), HasSubstr("far speaks protocol 2, and this program"));
}

TEST_F(RemoteLinkTest, whoNeverTellsItsClockIsCutOff) {
    connect("cat opening; while cat begin end; do :; done 2> /dev/null", Asking::Never, {.answer = 0s});
    EXPECT_EQ(whyNot(), "far does not tell what its clock shows, and is cut off.");
    EXPECT_THAT(tried(), ElementsAre(true));
}

/// Answers, tells a dump, and then one that begins with each message whose name is written to the pipe `next`; "off"
/// ends it.
constexpr const char* kAsTold = "exec 3<&0; (while read -r asked <&3; do cat pong; done) & cat opening begin end; "
                                "while read -r what < next && [ $what != off ]; do cat $what end; done; kill $!";

struct RemoteSourceTest : RemoteLinkTest {
    RemoteSourceTest() {
        EXPECT_EQ(::mkfifo((directory / "next").c_str(), 0600), 0);
        put("slept", encode(Begin{.clocks = {.boot = 40s}}));
        connect(kAsTold, Asking::May, {});
        auto opened = RemoteSource::open(link);
        EXPECT_TRUE(opened) << inEnglish(opened.error());
        source = std::move(*opened);
        source->prepare();
    }
    void tell(const char* what) const { std::ofstream(directory / "next") << what << std::endl; }
    MachineFacts after(const char* what) const {
        tell(what);
        source->prepare();
        return *source->machineFacts();
    }

    std::unique_ptr<RemoteSource> source;
};

TEST_F(RemoteSourceTest, thatTheMachineHasSleptIsSeenByItsClocks) {
    EXPECT_FALSE(source->machineFacts()->state.suspended);
    EXPECT_FALSE(after("begin").state.suspended);
    EXPECT_TRUE(after("slept").state.suspended);
    EXPECT_FALSE(after("slept").state.suspended) << "since then";
}

TEST_F(RemoteSourceTest, aMachineThatHasBootedIsAnother) {
    const std::uint32_t first = source->machineFacts()->host;
    EXPECT_NE(first, 0U) << "which is this machine";
    const auto mended = [this] {
        const std::uint64_t last = link->waitAfter(0).dump->number;
        tell("off");
        RemoteLink::News news = link->waitAfter(last);
        for (; news.dump->number == last; news = link->waitAfter(last))
            std::this_thread::sleep_for(10ms); // for an error is there all the while
        return news.host;
    };
    EXPECT_EQ(mended(), first) << "a line that was lost is no boot";
    {
        const std::lock_guard lock(mutex);
        bootId = "of April";
    }
    EXPECT_NE(mended(), first);
}

} // namespace
} // namespace halfopen::stream
