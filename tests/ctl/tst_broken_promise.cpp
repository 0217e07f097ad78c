// SPDX-License-Identifier: GPL-3.0-or-later
// A forecast about a living connection that does not come true, as `halfopenctl events` tells of it: a program sets its
// user timeout to more, which no timer shows, and outlives its forecast.
#include "core/lab/laboratory.h"
#include "tests/core/fake_root.h"
#include "tests/ctl/command.h"
#include "tests/ctl/json_lines.h"
#include "tests/lab/in_child.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <poll.h>

#include <linux/tcp.h>
#include <netinet/in.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <future>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <vector>

namespace halfopen {
namespace {

using namespace std::chrono_literals;
using namespace test;
using nlohmann::json;

constexpr const char* kPeer = "198.51.100.7";
constexpr const char* kElsewhere = "203.0.113.9";
constexpr std::uint16_t kPort = 5432;
// That one of them is read again in the second before its end excuses that one's forecast, and no other's.
constexpr int kConnections = 8;

/// `events` with these words, of sock_diag, which does not tell at each sample what a program sets, until it tells of a
/// broken forecast, which is all that comes back; 60 s at most.
/// @param told  a file that gets all of it
std::future<Outcome> untilBroken(const std::string& words, const std::string& pattern,
                                 const std::string& told = "/dev/null") {
    const std::string command =
        fmt::format("timeout -s INT 60 {} events --source sock_diag --interval 250ms {} | tee {} | grep -m1 {}",
                    kProgram, words, told, pattern);
    return std::async(std::launch::async, [command] { return run({"/bin/bash", "-c", command}); });
}

/// Something was written there.
bool hasBegun(const std::string& file) {
    std::error_code absent;
    const auto size = std::filesystem::file_size(file, absent);
    return !absent && size > 0;
}

int probesOut(int socket) {
    tcp_info info{};
    socklen_t size = sizeof info;
    return getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 ? info.tcpi_probes : 0;
}

bool await(const std::function<bool()>& what) {
    const auto timeLimit = std::chrono::steady_clock::now() + 20s;
    while (!what() && std::chrono::steady_clock::now() < timeLimit)
        ::poll(nullptr, 0, 10);
    return what();
}

/// Connections to a silent peer that would be given up 5 s after its last word; all are kept alive 1 to 2 s before.
struct Outliving {
    std::optional<lab::Laboratory> laboratory;
    UniqueFd listener;
    std::vector<lab::Connected> pairs;

    std::string begin() {
        auto opened = lab::Laboratory::open();
        if (!opened)
            return inEnglish(opened.error());
        laboratory.emplace(std::move(*opened));
        const Endpoint remote{*IpAddress::parse(kPeer), kPort};
        if (auto ok = laboratory->addPeer(remote.address); !ok)
            return inEnglish(ok.error());
        {
            const auto visit = laboratory->visitPeer();
            auto listening = lab::listenAt(remote);
            if (!listening)
                return inEnglish(listening.error());
            listener = std::move(*listening);
        }
        return "";
    }
    std::string connect() {
        const Endpoint remote{*IpAddress::parse(kPeer), kPort};
        auto options = lab::keepalive(1s, 2s, 9);
        options.userTimeout = 4000ms;
        for (int i = 0; i < kConnections; ++i) {
            auto pair = laboratory->connect(remote, listener.get(), options);
            if (!pair)
                return inEnglish(pair.error());
            pairs.push_back(std::move(*pair));
        }
        return laboratory->silence(remote.address) ? "" : "the peer cannot be silenced";
    }
    std::string outlive() {
        const int last = pairs.back().near.get();
        if (!await([last] { return probesOut(last) == 2; }))
            return "no second probe";
        const unsigned int minute = 60'000;
        for (const auto& pair : pairs)
            if (setsockopt(pair.near.get(), IPPROTO_TCP, TCP_USER_TIMEOUT, &minute, sizeof minute) != 0)
                return "TCP_USER_TIMEOUT cannot be set";
        return await([last] { return probesOut(last) == 3; }) ? "" : "it did not outlive its user timeout";
    }
    std::set<std::string> cookies() const {
        std::set<std::string> all;
        for (const auto& pair : pairs)
            all.insert(fmt::format("{:#x}", lab::cookieOf(pair.near.get())));
        return all;
    }
};

void expectBothSamples(const json& event, const std::set<std::string>& cookies) {
    EXPECT_EQ(event["schema"], 1);
    EXPECT_EQ(event["event"], "broken");
    EXPECT_GT(event["unix_ms"].get<std::int64_t>(), 0);
    EXPECT_GT(event["netns"].get<std::int64_t>(), 0);
    EXPECT_TRUE(cookies.contains(event["cookie"].get<std::string>())) << event["cookie"];
    const json& broken = event["broken"];
    EXPECT_EQ(broken["promised"], "end");
    EXPECT_TRUE(broken["came"].is_null());
    for (const char* look : {"promising", "breaking"}) {
        EXPECT_EQ(broken[look]["state"], "ESTABLISHED");
        EXPECT_TRUE(broken[look].contains("tcp_info")) << look;
        EXPECT_TRUE(broken[look].contains("forecast")) << look;
    }
    EXPECT_GT(broken["breaking"]["sampled_ns"].get<std::int64_t>(),
              broken["promising"]["sampled_ns"].get<std::int64_t>());
    EXPECT_EQ(broken["promising"]["options"]["user_timeout_ms"]["value"], 4000);
}

std::string play() {
    Outliving scene;
    if (auto wrong = scene.begin(); !wrong.empty())
        return wrong;
    const std::string wanted = R"('"event":"broken"')";
    const FakeRoot folder;
    const std::string told = folder.path() + "/plain";
    const std::string toldNamed = folder.path() + "/named";
    auto plain = untilBroken("--json", wanted, told);
    auto named = untilBroken(fmt::format("--json --with-addresses {}", kPeer), wanted, toldNamed);
    auto text = untilBroken("", "' broken '");
    auto others = std::async(std::launch::async, [] {
        return run({"/usr/bin/timeout", "-s", "INT", "8", kProgram, "events", "--source", "sock_diag", "--json",
                    "--interval", "250ms", kElsewhere});
    });
    // What is to be broken must have been told.
    if (!await([&] { return hasBegun(told) && hasBegun(toldNamed); }))
        return "no events";
    if (auto wrong = scene.connect(); !wrong.empty())
        return wrong;
    if (auto wrong = scene.outlive(); !wrong.empty())
        return wrong;

    const std::string without = plain.get().out;
    const auto event = lines(without);
    if (event.size() != 1)
        return "nothing broken was told: " + without;
    expectBothSamples(event.front(), scene.cookies());
    for (const char* address : {kPeer, "192.0.2.10", "5432"})
        EXPECT_EQ(without.find(address), std::string::npos) << without;

    const auto addressed = lines(named.get().out);
    if (addressed.size() != 1)
        return "nothing broken was told with addresses";
    expectBothSamples(addressed.front(), scene.cookies());
    EXPECT_EQ(addressed.front()["broken"]["remote"], fmt::format("{}:{}", kPeer, kPort));
    EXPECT_TRUE(addressed.front()["broken"]["local"].get<std::string>().starts_with("192.0.2.10:"));

    const std::string said = text.get().out;
    EXPECT_NE(said.find(fmt::format("-> {}:{}", kPeer, kPort)), std::string::npos) << said;
    const auto elsewhere = lines(others.get().out);
    EXPECT_FALSE(elsewhere.empty());
    for (const json& one : elsewhere)
        EXPECT_NE(one["event"], "broken") << one;
    return "";
}

TEST(HalfopenctlEvents, aBrokenForecastOfALivingConnectionIsToldWithBothSamples) {
    EXPECT_EQ(inChild(play), "");
}

} // namespace
} // namespace halfopen
