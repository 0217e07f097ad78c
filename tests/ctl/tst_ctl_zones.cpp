// SPDX-License-Identifier: GPL-3.0-or-later
// Peers with the same link-local address on two links, on the real kernel.
#include "core/lab/links.h"
#include "tests/core/loopback_test.h"
#include "tests/ctl/command.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <sched.h>

#include <net/if.h>

#include <chrono>

namespace halfopen {
namespace {

using namespace test;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr std::uint16_t kPort = 5555;
constexpr const char* kDevices[] = {"zA", "zB"};

sockaddr_in6 address(const char* text, std::uint16_t port, std::uint32_t zone = 0) {
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(port);
    six.sin6_scope_id = zone;
    inet_pton(AF_INET6, text, &six.sin6_addr);
    return six;
}

bool tell(int fd) {
    return write(fd, "x", 1) == 1;
}

bool hear(int fd) {
    char byte = 0;
    return read(fd, &byte, 1) == 1;
}

/// The other side of both links: a network namespace with one listener, fe80::b on each link.
class PeerHost {
public:
    PeerHost() {
        EXPECT_EQ(pipe2(m_toChild, O_CLOEXEC), 0);
        EXPECT_EQ(pipe2(m_toParent, O_CLOEXEC), 0);
        m_pid = fork();
        if (m_pid == 0)
            _exit(live() ? 0 : 1);
    }
    ~PeerHost() {
        kill(m_pid, SIGKILL);
        waitpid(m_pid, nullptr, 0);
        for (const int fd : {m_toChild[0], m_toChild[1], m_toParent[0], m_toParent[1]})
            close(fd);
    }
    PeerHost(const PeerHost&) = delete;
    PeerHost& operator=(const PeerHost&) = delete;

    bool isThere() const { return hear(m_toParent[0]); }
    UniqueFd network() const {
        return UniqueFd(open(fmt::format("/proc/{}/ns/net", m_pid).c_str(), O_RDONLY | O_CLOEXEC));
    }
    bool listen() const { return tell(m_toChild[1]) && hear(m_toParent[0]); }

private:
    bool live() const {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (unshare(CLONE_NEWNET) != 0 || !tell(m_toParent[1]) || !hear(m_toChild[0]))
            return false;
        auto links = lab::Links::open();
        for (const char* device : kDevices)
            if (!links || !links->setUp(device) || !links->addAddress(device, lab::Prefix::of("fe80::b/64")))
                return false;
        const int listener = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_in6 any = address("::", kPort);
        if (bind(listener, reinterpret_cast<const sockaddr*>(&any), sizeof any) != 0 || ::listen(listener, 8) != 0 ||
            !tell(m_toParent[1]))
            return false;
        while (true)
            pause();
    }

    int m_toChild[2]{};
    int m_toParent[2]{};
    pid_t m_pid = 0;
};

class CtlZones : public LoopbackTest {
protected:
    void SetUp() override {
        LoopbackTest::SetUp();
        if (IsSkipped())
            return;
        const PeerHost& there = m_far.emplace();
        ASSERT_TRUE(there.isThere());
        const UniqueFd network = there.network();
        auto links = lab::Links::open();
        ASSERT_TRUE(links) << inEnglish(links.error());
        for (std::uint8_t i = 0; i < 2; ++i) {
            const char* device = kDevices[i];
            ASSERT_TRUE(links->addVethPair({device, {2, 0, 0, 0, i, 1}}, {device, {2, 0, 0, 0, i, 2}}, network.get()));
            ASSERT_TRUE(links->setUp(device));
            ASSERT_TRUE(links->addAddress(device, lab::Prefix::of("fe80::a/64")));
        }
        ASSERT_TRUE(there.listen());
        for (int i = 0; i < 2; ++i) {
            ASSERT_TRUE(links->awaitCarrier(kDevices[i]));
            m_clients[i].reset(socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
            const sockaddr_in6 to = address("fe80::b", kPort, if_nametoindex(kDevices[i]));
            ASSERT_EQ(connect(m_clients[i].get(), reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
        }
    }
    void TearDown() override {
        const linger now{1, 0}; // nothing of it stays for the next test
        for (UniqueFd& client : m_clients) {
            if (client) {
                EXPECT_EQ(setsockopt(client.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now), 0);
            }
            client.reset();
        }
        auto links = lab::Links::open();
        for (const char* device : kDevices) { // the kernel takes its time with those of a network that is gone
            if (links && if_nametoindex(device) != 0) {
                EXPECT_TRUE(links->remove(device)) << device;
            }
        }
    }
    UniqueFd m_clients[2];

private:
    std::optional<PeerHost> m_far;
};

TEST_F(CtlZones, equalPeersOnTwoLinksAreToldApartEverywhere) {
    const auto list = ctl({"list", "--no-owners"});
    EXPECT_THAT(list.out, HasSubstr("[fe80::b%zA]:5555"));
    EXPECT_THAT(list.out, HasSubstr("[fe80::b%zB]:5555"));
    const auto csv = ctl({"list", "--no-owners", "--csv", "--columns", "local,remote"});
    EXPECT_THAT(csv.out, HasSubstr(",[fe80::b%zA]:5555\n"));
    for (const char* word : {"fe80::b%zA", "[fe80::b%zA]:5555", "%zA"}) {
        const auto one = ctl({"list", "--no-owners", word});
        EXPECT_THAT(one.out, HasSubstr("[fe80::b%zA]:5555")) << word;
        EXPECT_THAT(one.out, Not(HasSubstr("zB"))) << word;
    }
    const auto both = json::parse(ctl({"list", "--no-owners", "--json", "fe80::b"}).out)["connections"];
    ASSERT_EQ(both.size(), 2U);
    EXPECT_NE(both[0]["interface"], both[1]["interface"]);
    const auto show = ctl({"show", fmt::format("{:#x}", cookieOf(m_clients[1].get()))});
    EXPECT_THAT(show.out, HasSubstr("[fe80::b%zB]:5555"));
}

TEST_F(CtlZones, equalPeersOnTwoLinksAreTwoGroups) {
    const auto groups = ctl({"list", "--no-owners", "--group-by", "remote-host", "fe80::b"});
    EXPECT_THAT(groups.out, HasSubstr("fe80::b%zA "));
    EXPECT_THAT(groups.out, HasSubstr("fe80::b%zB "));
    const auto nets = ctl({"list", "--no-owners", "--group-by", "remote-net", "--csv", "fe80::b"});
    EXPECT_THAT(nets.out, HasSubstr("fe80::/64%zA,value,1,"));
}

TEST_F(CtlZones, whatHasEndedIsToldWithItsLink) {
    ASSERT_EQ(ctl({"close", fmt::format("{:#x}", cookieOf(m_clients[1].get()))}).exitCode, 0);
    const auto until =
        std::chrono::steady_clock::now() + std::chrono::seconds(20); // till all processes are looked into
    std::string told;
    while (told.find("[fe80::a") == std::string::npos && std::chrono::steady_clock::now() < until)
        told = ctl({"list"}).err;
    EXPECT_THAT(told, HasSubstr("[fe80::a%zB]:"));
}

} // namespace
} // namespace halfopen
