// SPDX-License-Identifier: GPL-3.0-or-later
// What holds of a socket whatever its peer does: told by show and list --json, on the real kernel.
#include "core/lab/links.h"
#include "tests/core/loopback_test.h"
#include "tests/ctl/command.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <net/if.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;
using nlohmann::json;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

class CtlFacts : public LoopbackTest {
protected:
    static std::string show(std::uint64_t cookie) { return ctl({"show", fmt::format("{:#x}", cookie)}).out; }
    /// The row as list --json has it; null where it has none.
    static json listed(std::uint64_t cookie) {
        const auto outcome = ctl({"list", "--json"});
        EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
        const json list = json::parse(outcome.out);
        for (const json& row : list["connections"])
            if (row["cookie"] == fmt::format("{:#x}", cookie))
                return row;
        return {};
    }
    static bool has(const json& row, const char* fact) { return row.is_object() && row["facts"] == json{fact}; }
    /// Waits until the row is as it should be, 10 s at most; the last row seen.
    static json awaitListed(std::uint64_t cookie, const std::function<bool(const json&)>& isSo) {
        json row;
        const auto until = std::chrono::steady_clock::now() + 10s;
        do {
            row = listed(cookie);
        } while (!isSo(row) && std::chrono::steady_clock::now() < until);
        return row;
    }
    /// The dead sockets, once one is found: a machine that is busy may leave no time to look into all processes.
    static json awaitHeld(const char* source) {
        json held;
        const auto until = std::chrono::steady_clock::now() + 20s;
        do {
            held = json::parse(ctl({"list", "--json", "--source", source}).out)["held"];
        } while (held.empty() && std::chrono::steady_clock::now() < until);
        return held;
    }
};

TEST_F(CtlFacts, anAcceptQueueThatIsFull) {
    const UniqueFd listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT_EQ(bind(listener.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(listen(listener.get(), 1), 0);
    socklen_t size = sizeof address;
    ASSERT_EQ(getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size), 0);
    const std::uint64_t its = cookieOf(listener.get());
    std::vector<UniqueFd> clients;
    const auto connectOne = [&] {
        clients.emplace_back(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        ASSERT_EQ(connect(clients.back().get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    };
    connectOne(); // one more than the backlog fits
    EXPECT_TRUE(awaitListed(its, [](const json& row) { return row["queue"]["receive"] == 1; })["facts"].empty());
    EXPECT_THAT(show(its), Not(HasSubstr("wait to be accepted as may")));
    connectOne();
    const json full = awaitListed(its, [](const json& row) { return has(row, "accept-queue-full"); });
    EXPECT_TRUE(has(full, "accept-queue-full")) << full;
    EXPECT_THAT(show(its), HasSubstr("As many connections wait to be accepted as may"));
    const UniqueFd taken(accept(listener.get(), nullptr, nullptr));
    EXPECT_TRUE(listed(its)["facts"].empty());
}

TEST_F(CtlFacts, dataThatNobodyReads) {
    const std::uint64_t its = cookieOf(server.get());
    ASSERT_EQ(write(loopback.client.get(), "some data", 9), 9);
    const json fresh = awaitListed(its, [](const json& row) { return row["queue"]["receive"] == 9; });
    EXPECT_EQ(fresh["queue"]["receive"], 9);
    EXPECT_TRUE(fresh["queue"]["unread_ms"].is_number()) << fresh;
    const json row = awaitListed(its, [](const json& one) { return has(one, "nobody-reads"); });
    ASSERT_TRUE(has(row, "nobody-reads")) << row;
    EXPECT_GE(row["queue"]["unread_ms"], 3000);
    const std::string shown = show(its);
    EXPECT_THAT(shown, HasSubstr("its program does not read it"));
    EXPECT_THAT(shown, testing::ContainsRegex("has waited unread for at least [0-9.]+ s"));
    char data[16];
    ASSERT_EQ(read(server.get(), data, sizeof data), 9);
    const json after = listed(its);
    EXPECT_TRUE(after["facts"].empty()) << after;
    EXPECT_TRUE(after["queue"]["unread_ms"].is_null());
}

/// Data comes all the time, so that the age of the last tells nothing: what tells is that none is taken out.
TEST_F(CtlFacts, dataThatNobodyReadsWhileMoreComes) {
    const std::uint64_t its = cookieOf(server.get());
    ASSERT_EQ(write(loopback.client.get(), "x", 1), 1);
    const Child sender([&] {
        if (fork() != 0)
            return;
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (int i = 0; i < 600 && write(loopback.client.get(), "x", 1) == 1; ++i)
            std::this_thread::sleep_for(50ms);
        _exit(0);
    });
    const auto watched = run({"timeout", "-s", "INT", "8", kProgram, "watch", "--json", "--interval", "500ms",
                              fmt::format(":{}", ntohs(loopback.address.sin_port))});
    bool told = false;
    std::istringstream lines(watched.out);
    for (std::string line; std::getline(lines, line);) {
        const json sample = json::parse(line);
        for (const json& row : sample["connections"])
            if (row["cookie"] == fmt::format("{:#x}", its) && has(row, "nobody-reads")) {
                told = true;
                EXPECT_GE(row["queue"]["unread_ms"], 3000);
                EXPECT_LT(row["tcp"]["last_data_received_ms"], 3000);
            }
    }
    EXPECT_TRUE(told) << watched.err;
}

/// The kernel's stamps of data are those of the handshake as long as there is none.
TEST_F(CtlFacts, dataThatNeverWasHasNoAge) {
    const json quiet = listed(cookie);
    ASSERT_TRUE(quiet.is_object());
    EXPECT_TRUE(quiet["tcp"]["last_data_sent_ms"].is_null()) << quiet;
    EXPECT_TRUE(quiet["tcp"]["last_data_received_ms"].is_null()) << quiet;
    const std::string shown = show(cookie);
    EXPECT_THAT(shown, HasSubstr("No data was ever received, no data was ever sent, last acknowledgement"));
    ASSERT_EQ(write(loopback.client.get(), "x", 1), 1);
    const json used = awaitListed(cookie, [](const json& row) { return row["tcp"]["last_data_sent_ms"].is_number(); });
    EXPECT_TRUE(used["tcp"]["last_data_sent_ms"].is_number()) << used;
    EXPECT_TRUE(used["tcp"]["last_data_received_ms"].is_null()) << used;
    EXPECT_THAT(show(cookie), testing::ContainsRegex("No data was ever received, last data sent .* ago"));
}

/// A program that has chosen its local port keeps it, and the kernel goes on listing its socket (6.8).
TEST_F(CtlFacts, aConnectionThatHasEndedAndKeepsItsPort) {
    const UniqueFd client(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in own = loopback.address;
    own.sin_port = htons(40123);
    ASSERT_EQ(bind(client.get(), reinterpret_cast<const sockaddr*>(&own), sizeof own), 0);
    ASSERT_EQ(connect(client.get(), reinterpret_cast<const sockaddr*>(&loopback.address), sizeof own), 0);
    UniqueFd accepted = loopback.accepted();
    const linger now{1, 0};
    ASSERT_EQ(setsockopt(accepted.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now), 0);
    accepted.reset();
    const std::uint64_t its = cookieOf(client.get());
    const json row = awaitListed(its, [](const json& one) { return one.is_null() || one["state"] == "CLOSE"; });
    if (row.is_null())
        GTEST_SKIP() << "this kernel lists no bound sockets (since Linux 6.8)";
    EXPECT_EQ(row["diagnosis"], "abandoned");
    EXPECT_THAT(show(its), HasSubstr("its connection has ended, and its program still has it open"));
    EXPECT_THAT(ctl({"summary"}).out, HasSubstr("closed by their peer, or ended, and not closed by their program"));
    for (const char* source : {"auto", "sock_diag"}) {
        const json held = awaitHeld(source);
        ASSERT_EQ(held.size(), 1U) << source << held;
        EXPECT_EQ(held[0]["cookie"], fmt::format("{:#x}", its));
        EXPECT_EQ(held[0]["remote"], row["remote"]) << source;
    }
}

TEST_F(CtlFacts, anOwnerThatIsStopped) {
    const Child owner([&] {
        server.reset(); // the child's copies
        loopback.listener.reset();
    });
    const std::uint64_t its = cookie;
    loopback.client.reset(); // now it is the child's alone
    EXPECT_TRUE(listed(its)["facts"].empty());
    EXPECT_THAT(show(its), Not(HasSubstr("stopped or frozen")));
    ASSERT_EQ(kill(owner.pid(), SIGSTOP), 0);
    int status = 0;
    ASSERT_EQ(waitpid(owner.pid(), &status, WUNTRACED), owner.pid());
    const json row = listed(its);
    EXPECT_TRUE(has(row, "owner-stopped")) << row;
    EXPECT_THAT(show(its), HasSubstr("Every process that owns it is stopped or frozen"));
    ASSERT_EQ(kill(owner.pid(), SIGCONT), 0);
    const json after = awaitListed(its, [](const json& one) { return one["facts"].empty(); });
    EXPECT_TRUE(after["facts"].empty()) << after;
}

/// A control group of the test's own, v2 or v1, where root may make one; gone with the object.
class Group {
public:
    Group() {
        const std::string name = fmt::format("halfopen-test-{}", getpid());
        for (const auto& [mounted, file, freeze, thaw] :
             {std::tuple("/sys/fs/cgroup/unified/", "cgroup.freeze", "1", "0"),
              {"/sys/fs/cgroup/", "cgroup.freeze", "1", "0"},
              {"/sys/fs/cgroup/freezer/", "freezer.state", "FROZEN", "THAWED"}}) {
            std::error_code failed;
            m_path = mounted + name;
            if (!std::filesystem::create_directory(m_path, failed))
                continue;
            if (std::filesystem::exists(m_path + "/" + file)) {
                m_file = m_path + "/" + file;
                m_freeze = freeze;
                m_thaw = thaw;
                return;
            }
            std::filesystem::remove(m_path, failed);
        }
    }
    ~Group() {
        if (!isThere())
            return;
        freeze(false);
        for (int i = 0; i < 100 && rmdir(m_path.c_str()) != 0; ++i) // a process that ends leaves it a little later
            std::this_thread::sleep_for(20ms);
    }
    Group(const Group&) = delete;
    Group& operator=(const Group&) = delete;

    bool isThere() const { return !m_file.empty(); }
    bool take(pid_t pid) const { return write(m_path + "/cgroup.procs", std::to_string(pid)); }
    bool freeze(bool on) const { return write(m_file, on ? m_freeze : m_thaw); }

private:
    static bool write(const std::string& path, const std::string& text) {
        return static_cast<bool>(std::ofstream(path) << text << std::flush);
    }
    std::string m_path, m_file, m_freeze, m_thaw;
};

TEST_F(CtlFacts, anOwnerThatIsFrozen) {
    const Group group;
    if (!group.isThere())
        GTEST_SKIP() << "no control group can be made here";
    Child owner([&] {
        server.reset();
        loopback.listener.reset();
    });
    loopback.client.reset();
    ASSERT_TRUE(group.take(owner.pid()));
    EXPECT_TRUE(listed(cookie)["facts"].empty());
    ASSERT_TRUE(group.freeze(true));
    const json row = awaitListed(cookie, [](const json& one) { return has(one, "owner-stopped"); });
    EXPECT_TRUE(has(row, "owner-stopped")) << row;
    EXPECT_THAT(show(cookie), HasSubstr("Every process that owns it is stopped or frozen"));
    ASSERT_TRUE(group.freeze(false));
    owner.end();
}

TEST_F(CtlFacts, anInterfaceThatWasRemoved) {
    auto links = lab::Links::open();
    ASSERT_TRUE(links) << inEnglish(links.error());
    const UniqueFd here(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
    ASSERT_TRUE(links->addVethPair({"goneA", {2, 0, 0, 0, 9, 1}}, {"goneB", {2, 0, 0, 0, 9, 2}}, here.get()));
    ASSERT_TRUE(links->setUp("goneA"));
    ASSERT_TRUE(links->addAddress("goneA", lab::Prefix::of("192.0.2.1/24")));
    const UniqueFd listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    ASSERT_EQ(setsockopt(listener.get(), SOL_SOCKET, SO_BINDTODEVICE, "goneA", 5), 0);
    ASSERT_EQ(listen(listener.get(), 8), 0);
    const std::uint64_t its = cookieOf(listener.get());
    const std::uint32_t index = if_nametoindex("goneA");
    EXPECT_EQ(listed(its)["interface"], "goneA");
    EXPECT_TRUE(listed(its)["facts"].empty());
    ASSERT_TRUE(links->remove("goneA"));
    const json row = listed(its);
    EXPECT_TRUE(has(row, "interface-gone")) << row;
    EXPECT_EQ(row["interface"], fmt::format("if{} (gone)", index)) << "its name was never known to this run";
    EXPECT_THAT(show(its), HasSubstr("The interface that it is bound to does not exist any more"));
}

} // namespace
} // namespace halfopen
