// SPDX-License-Identifier: GPL-3.0-or-later
// Names that somebody chose to trick whoever looks: no command prints what a terminal would obey.
#include "core/lab/links.h"
#include "core/text/unicode.h"
#include "tests/core/loopback_test.h"
#include "tests/ctl/command.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <sys/prctl.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>
#include <stop_token>
#include <thread>

namespace halfopen {
namespace {

using namespace test;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;
using Words = std::vector<std::string>;

// At most 15 bytes: an escape sequence, C1 as UTF-8 and as a byte, a bidi override.
constexpr const char* kName = "=\x1b[31m\xc2\x9b\x9b\xe2\x80\xae\xc3\xa9";
// What a word of a command line may be: all of that, line feeds, and no UTF-8 at its end.
constexpr const char* kWord = "x\x1b]0;t\x07\nhalfopenctl: all is well\xe2\x80\x8b\xc2\x85\xe2\x81\xa6\xe6\x97";

void expectHarmless(const std::string& text, const std::string& where) {
    std::string_view rest = text;
    while (!rest.empty()) {
        const CodePoint code = firstCodePoint(rest);
        ASSERT_TRUE(code.value == '\n' || (code.value != CodePoint::kInvalid && !isTrick(code.value)))
            << where << " at byte " << text.size() - rest.size() << " of: " << text;
        rest.remove_prefix(code.length);
    }
}

/// Connections that open and end, so that there are events to tell, until the object goes.
class Comings {
public:
    explicit Comings(Loopback& to)
        : m_thread([&to](const std::stop_token& stop) {
            std::mutex mutex;
            std::condition_variable_any pause;
            std::deque<std::array<UniqueFd, 2>> open; // long enough to be looked up
            while (!stop.stop_requested()) {
                UniqueFd client(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
                EXPECT_EQ(connect(client.get(), reinterpret_cast<sockaddr*>(&to.address), sizeof to.address), 0);
                open.push_back(
                    {std::move(client), UniqueFd(accept4(to.listener.get(), nullptr, nullptr, SOCK_CLOEXEC))});
                if (open.size() > 8)
                    open.pop_front();
                std::unique_lock lock(mutex);
                pause.wait_for(lock, stop, std::chrono::milliseconds(300), [] { return false; });
            }
        }) {}

private:
    std::jthread m_thread;
};

class CtlText : public LoopbackTest {
protected:
    void SetUp() override {
        LoopbackTest::SetUp();
        if (IsSkipped())
            return;
        ASSERT_EQ(prctl(PR_GET_NAME, m_before), 0);
        ASSERT_EQ(prctl(PR_SET_NAME, kName), 0);
    }
    void TearDown() override {
        if (!IsSkipped())
            prctl(PR_SET_NAME, m_before);
    }
    std::string hex() const { return fmt::format("{:#x}", cookie); }
    test::Outcome harmlessly(const Words& words) const {
        const auto outcome = ctl(words);
        const std::string where = fmt::format("{} {}", words.front(), words.size() > 1 ? words[1] : "");
        expectHarmless(outcome.out, where + ": stdout");
        expectHarmless(outcome.err, where + ": stderr");
        return outcome;
    }

private:
    char m_before[16]{};
};

TEST_F(CtlText, namesOfProcessesObeyNoCommand) {
    EXPECT_THAT(harmlessly({"list"}).out, HasSubstr("=?[31m???\xc3\xa9"));
    EXPECT_THAT(harmlessly({"show", hex()}).out, HasSubstr("Owned by =?[31m???\xc3\xa9 (pid"));
    EXPECT_THAT(harmlessly({"watch", "--count", "8", "--interval", "250ms"}).out, HasSubstr("=?[31m"));
    EXPECT_THAT(harmlessly({"list", "--group-by", "process"}).out, HasSubstr("=?[31m???\xc3\xa9 "));
    EXPECT_EQ(harmlessly({"summary"}).exitCode, 0);
    const Comings comings(loopback);
    EXPECT_THAT(harmlessly({"events", "--count", "30"}).out, HasSubstr("=?[31m???\xc3\xa9"));
    EXPECT_EQ(harmlessly({"sysctl"}).exitCode, 0);
}

TEST_F(CtlText, jsonKeepsTheNameAndIsHarmlessAsWell) {
    for (const Words& words : {Words{"list", "--json"}, Words{"show", hex(), "--json"}}) {
        const json out = json::parse(harmlessly(words).out);
        const auto& connections = out["connections"];
        const auto found = std::ranges::find_if(connections, [&](const json& c) { return c["cookie"] == hex(); });
        ASSERT_NE(found, connections.end());
        EXPECT_EQ((*found)["processes"][0]["name"], "=\x1b[31m\xc2\x9b\xef\xbf\xbd\xe2\x80\xae\xc3\xa9");
    }
    harmlessly({"watch", "--count", "2", "--interval", "250ms", "--json"});
    {
        const Comings comings(loopback);
        EXPECT_THAT(harmlessly({"events", "--count", "3", "--json"}).out, HasSubstr("\"event\":"));
    }
    harmlessly({"list", "--json", "--group-by", "program"});
    harmlessly({"summary", "--json"});
}

TEST_F(CtlText, noCellOfCsvIsAFormula) {
    const auto csv = harmlessly({"list", "--csv", "--columns", "process,cookie"});
    EXPECT_THAT(csv.out, HasSubstr("\n'=?[31m"));
    EXPECT_THAT(csv.out, Not(HasSubstr("\n=")));
    EXPECT_THAT(harmlessly({"list", "--csv", "--group-by", "program"}).out, HasSubstr("\n'=?[31m"));
}

TEST_F(CtlText, namesOfInterfacesObeyNoCommand) {
    const char* const device = "v\x1b[7m\xe2\x80\xaex";
    auto links = lab::Links::open();
    ASSERT_TRUE(links);
    const UniqueFd here(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
    ASSERT_TRUE(links->addVethPair({device, {2, 0, 0, 0, 0, 1}}, {"vPeer", {2, 0, 0, 0, 0, 2}}, here.get()));
    const UniqueFd listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    ASSERT_EQ(setsockopt(listener.get(), SOL_SOCKET, SO_BINDTODEVICE, device, sizeof "v\x1b[7m\xe2\x80\xaex" - 1), 0);
    ASSERT_EQ(listen(listener.get(), 1), 0);
    EXPECT_THAT(harmlessly({"list", "--columns", "interface,process,local"}).out, HasSubstr("v?[7m?x"));
    harmlessly({"list", "--json"});
    harmlessly({"show", fmt::format("{:#x}", cookieOf(listener.get()))});
}

TEST_F(CtlText, wordsOfTheCommandLineComeBackHarmless) {
    const std::string word = kWord;
    for (const Words& words : {Words{word},
                               Words{"list", "--columns", word},
                               Words{"list", "--" + word},
                               Words{"list", word, "--csv"},
                               Words{"list", "--replay", "/" + word},
                               Words{"list", "--json", "--columns", word},
                               Words{"list", "--group-by", word},
                               Words{"show", word},
                               Words{"show", word, "--json"},
                               Words{"show", hex(), word},
                               Words{"watch", "--interval", word},
                               Words{"watch", "--count", word},
                               Words{"events", "--interval", word},
                               Words{"record", "/nowhere/" + word},
                               Words{"set", word},
                               Words{"set", hex(), "--idle", word},
                               Words{"set", hex(), "--keepalive", word},
                               Words{"set", hex(), "--probes", word},
                               Words{"close", word},
                               Words{"close", "--filter", word, "--yes"},
                               Words{"sysctl", word},
                               Words{"sysctl", "set", "--time", word},
                               Words{"lab", "--", "/" + word}}) {
        const auto outcome = harmlessly(words);
        EXPECT_THAT("\n" + outcome.err, Not(HasSubstr("\nhalfopenctl: all is well"))) << words.front();
    }
}

TEST_F(CtlText, namesOfFilesComeBackHarmless) {
    const auto file = std::filesystem::temp_directory_path() / fmt::format("halfopen-{}-{}", getpid(), kWord);
    EXPECT_EQ(harmlessly({"record", file.string()}).exitCode, 0);
    EXPECT_EQ(harmlessly({"list", "--replay", file.string()}).exitCode, 0);
    std::filesystem::remove(file);
}

} // namespace
} // namespace halfopen
