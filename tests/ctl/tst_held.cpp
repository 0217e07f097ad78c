// SPDX-License-Identifier: GPL-3.0-or-later
// A connection that is dead while this very process holds it, as halfopenctl tells of it.
#include "tests/core/processes.h"
#include "tests/ctl/command.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace halfopen {
namespace {

using namespace test;
using nlohmann::json;

const std::string kProgram = HALFOPENCTL;

/// Its peer has reset it, and nobody has read that yet.
class Held {
public:
    Held() {
        for (const int fd : {m_loopback.listener.get(), m_loopback.client.get()})
            EXPECT_EQ(fcntl(fd, F_SETFD, FD_CLOEXEC), 0); // the program that the test starts shall not hold them, too
        m_loopback.connectClient();
        const UniqueFd accepted = m_loopback.accepted();
        EXPECT_EQ(write(m_loopback.client.get(), "x", 1), 1);
        const linger now{1, 0};
        EXPECT_EQ(setsockopt(accepted.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now), 0);
    }
    std::string cookie() const { return fmt::format("{:#x}", cookieOf(m_loopback.client.get())); }
    int descriptor() const { return m_loopback.client.get(); }

private:
    Loopback m_loopback;
};

std::optional<json> heldIn(const json& frame, const std::string& cookie) {
    const auto& all = frame["held"];
    const auto found = std::find_if(all.begin(), all.end(), [&](const json& one) { return one["cookie"] == cookie; });
    return found == all.end() ? std::nullopt : std::optional<json>(*found);
}

TEST(Held, listTellsOfItBesideTheConnections) {
    const Held held;
    const auto outcome = run({kProgram, "list", "--json"});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    const auto frame = json::parse(outcome.out);
    for (const auto& connection : frame["connections"])
        EXPECT_NE(connection["cookie"], held.cookie());
    const auto one = heldIn(frame, held.cookie());
    ASSERT_TRUE(one) << frame["held"];
    EXPECT_EQ((*one)["remote"].is_null(), frame["source"] != "bpf") << "the kernel's own structures tell it";
    EXPECT_TRUE((*one)["ended"].is_null());
    EXPECT_EQ((*one)["ending"], "unknown");
    EXPECT_EQ((*one)["processes"][0]["pid"], getpid());
    EXPECT_EQ((*one)["processes"][0]["fd"], held.descriptor());
    EXPECT_FALSE((*one)["last_life"].is_null());
}

TEST(Held, listSaysItInWordsWhereNothingIsFiltered) {
    const Held held;
    const std::string descriptor = fmt::format("descriptor {})", held.descriptor());
    const auto all = run({kProgram, "list"});
    ASSERT_EQ(all.exitCode, 0) << all.err;
    EXPECT_NE(all.err.find(descriptor), std::string::npos) << all.err;
    EXPECT_EQ(all.out.find(descriptor), std::string::npos);
    const auto some = run({kProgram, "list", "192.0.2.1"});
    EXPECT_EQ(some.err.find(descriptor), std::string::npos) << some.err;
}

TEST(Held, showExplainsIt) {
    const Held held;
    const auto outcome = run({kProgram, "show", held.cookie()});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    EXPECT_NE(outcome.out.find("still has it open"), std::string::npos) << outcome.out;
    const auto asJson = run({kProgram, "show", held.cookie(), "--json"});
    ASSERT_EQ(asJson.exitCode, 0) << asJson.err;
    EXPECT_TRUE(heldIn(json::parse(asJson.out), held.cookie()));
}

} // namespace
} // namespace halfopen
