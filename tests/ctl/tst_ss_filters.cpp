// SPDX-License-Identifier: GPL-3.0-or-later
// What ss finds by its expressions over living sockets, halfopenctl finds too.
#include "core/kernel/unique_fd.h"
#include "tests/core/own_network.h"
#include "tests/ctl/command.h"
#include "tests/skip.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace halfopen {
namespace {

using namespace test;

using Words = std::vector<std::string>;

struct Address {
    Address(const std::string& text, std::uint16_t port) {
        if (text.find(':') == std::string::npos) {
            four.sin_family = AF_INET;
            four.sin_port = htons(port);
            EXPECT_EQ(inet_pton(AF_INET, text.c_str(), &four.sin_addr), 1);
        } else {
            six.sin6_family = AF_INET6;
            six.sin6_port = htons(port);
            EXPECT_EQ(inet_pton(AF_INET6, text.c_str(), &six.sin6_addr), 1);
        }
    }
    bool isFour() const { return four.sin_family == AF_INET; }
    const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&six); }
    socklen_t size() const { return isFour() ? sizeof four : sizeof six; }

    union {
        sockaddr_in6 six{};
        sockaddr_in four;
    };
};

/// Sockets in every state that one host alone can have, of both families and of one in the other's.
class Sockets {
public:
    Sockets() {
        listen("127.0.0.1", 443);
        listen("0.0.0.0", 5000);
        listen("::1", 22);
        listen("::", 8080, true);
        connect("127.0.0.1", 443);
        connect("127.0.0.1", 443, [](int fd) { set(fd, SOL_SOCKET, SO_MARK, 5); });
        connect("127.0.0.3", 5000, [](int fd) { bind(fd, "127.0.0.2", 40000); });
        connect("127.0.0.9", 5000, [](int fd) { bind(fd, "127.0.1.2", 700); });
        connect("::1", 22);
        connect("::1", 8080);
        connect("127.0.0.1", 8080);
        connect("127.0.0.1", 5000, [](int fd) { setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3); });
        closeOne(connect("127.0.0.1", 443)); // FIN-WAIT-2 and CLOSE-WAIT
        const auto [client, server] = connect("127.0.0.1", 5000);
        closeOne({client, server});
        m_open[client].reset(); // TIME-WAIT
    }

private:
    using Setup = void (*)(int fd);

    static void set(int fd, int level, int option, int value) {
        EXPECT_EQ(setsockopt(fd, level, option, &value, sizeof value), 0) << strerror(errno);
    }
    static void bind(int fd, const std::string& text, std::uint16_t port) {
        const Address address(text, port);
        EXPECT_EQ(::bind(fd, address.get(), address.size()), 0) << strerror(errno);
    }
    std::size_t open(const Address& address) {
        m_open.emplace_back(::socket(address.isFour() ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
        EXPECT_TRUE(m_open.back());
        return m_open.size() - 1;
    }
    void listen(const std::string& text, std::uint16_t port, bool both = false) {
        const Address address(text, port);
        const int fd = m_open[open(address)].get();
        set(fd, SOL_SOCKET, SO_REUSEADDR, 1);
        if (!address.isFour())
            set(fd, IPPROTO_IPV6, IPV6_V6ONLY, both ? 0 : 1);
        ASSERT_EQ(::bind(fd, address.get(), address.size()), 0) << text << strerror(errno);
        ASSERT_EQ(::listen(fd, 8), 0);
        m_listeners.push_back({fd, port});
    }
    struct Pair {
        std::size_t client;
        std::size_t server;
    };
    Pair connect(const std::string& text, std::uint16_t port, Setup setUp = nullptr) {
        const Address address(text, port);
        const std::size_t client = open(address);
        if (setUp)
            setUp(m_open[client].get());
        EXPECT_EQ(::connect(m_open[client].get(), address.get(), address.size()), 0) << text << strerror(errno);
        const auto listener = std::ranges::find(m_listeners, port, &Listener::port);
        m_open.emplace_back(::accept4(listener->fd, nullptr, nullptr, SOCK_CLOEXEC));
        EXPECT_TRUE(m_open.back());
        return {client, m_open.size() - 1};
    }
    /// The server's side, and the client knows.
    void closeOne(const Pair& pair) {
        m_open[pair.server].reset();
        pollfd readable{m_open[pair.client].get(), POLLIN, 0};
        EXPECT_EQ(poll(&readable, 1, 5000), 1);
    }

    struct Listener {
        int fd;
        std::uint16_t port;
    };
    std::vector<UniqueFd> m_open;
    std::vector<Listener> m_listeners;
};

/// Once for all tests: ports in TIME-WAIT cannot be bound again.
void openSockets() {
    static const Sockets sockets;
}

std::set<std::string> cookiesIn(const std::string& text, const char* before) {
    std::set<std::string> cookies;
    const std::regex pattern(std::string(before) + "([0-9a-f]+)");
    for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at)
        cookies.insert((*at)[1]);
    return cookies;
}

std::set<std::string> bySs(const Words& filter) {
    Words words{"ss", "-tanHe"};
    words.insert(words.end(), filter.begin(), filter.end());
    const Outcome outcome = run(words);
    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    return cookiesIn(outcome.out, "sk:");
}

std::set<std::string> byHalfopen(const Words& filter, const Words& options = {}) {
    Words words{"list", "--no-owners", "--csv", "--columns", "cookie"};
    words.insert(words.end(), options.begin(), options.end());
    words.insert(words.end(), filter.begin(), filter.end());
    const Outcome outcome = ctl(words);
    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    return cookiesIn(outcome.out, "0x");
}

/// A TIME-WAIT that ends between the two is found by one of them: both look again then.
std::set<std::string> expectSame(const Words& ours, const Words& theirs) {
    auto found = bySs(theirs);
    auto listed = byHalfopen(ours);
    for (int again = 0; again < 2 && listed != found; ++again) {
        found = bySs(theirs);
        listed = byHalfopen(ours);
    }
    EXPECT_EQ(listed, found) << fmt::format("{}", fmt::join(ours, " "));
    return found;
}

std::string cgroup2() {
    std::ifstream mounts("/proc/self/mounts");
    for (std::string device, place, kind, rest; mounts >> device >> place >> kind && std::getline(mounts, rest);)
        if (kind == "cgroup2")
            return place;
    return {};
}

std::vector<Words> expressions() {
    std::vector<Words> all{
        {},
        {"state", "established"},
        {"state", "time-wait"},
        {"state", "established", "state", "time-wait"},
        {"state", "connected"},
        {"state", "connected", "exclude", "established"},
        {"state", "synchronized"},
        {"state", "bucket"},
        {"state", "big"},
        {"state", "all"},
        {"state", "listening"},
        {"state", "ESTABLISHED"},
        {"state", "fin-wait-2"},
        {"state", "close-wait"},
        {"state", "closed"},
        {"state", "syn-sent"},
        {"state", "last-ack"},
        {"exclude", "established"},
        {"exclude", "established", "exclude", "listening"},
        {"state", "established", "dport = :443"},
        {"state", "established", "( dport = :ssh or sport = :ssh )"},
        {"state", "fin-wait-1", "( sport = :http or sport = :https )", "dst", "193.233.7/24"},
        {"exclude", "listening", "sport = :443"},
    };
    for (const std::string text : {
             "dport = 443",
             "dport = :443",
             "dport 443",
             "dport :https",
             "dport = https",
             "dport == :443",
             "dport eq :443",
             "sport = 0x1bb",
             "dport != :443",
             "sport neq :443",
             "sport ne 443",
             "dport > :443",
             "dport gt 443",
             "dport >= :443",
             "dport ge 443",
             "dport geq 443",
             "dport < :443",
             "dport lt :443",
             "dport <= :443",
             "dport le 443",
             "dport leq 443",
             "dport > :443 and dport < :9000",
             "dport = *",
             "dport = :*",
             "dport = 0",
             "sport > :40000",
             "dst 127.0.0.1",
             "dst = 127.0.0.1",
             "dst 127/8",
             "dst 127.0.0/24",
             "dst 127.0.0.0/8",
             "dst 127.0.0.1:443",
             "dst 127.0.0.0/8:443",
             "dst :443",
             "dst *:443",
             "dst *",
             "dst *:*",
             "dst any",
             "dst all",
             "dst [::1]",
             "dst [::1]:22",
             "dst ::1/64",
             "dst inet:127.0.0.1",
             "dst inet6:[::1]",
             "dst 0.0.0.0/0",
             "src 127.0.0.1:443",
             "src [::]",
             "src 0.0.0.0",
             "src *:8080",
             "src = [::1]:22",
             "dst [::ffff:127.0.0.1]",
             "dst 127.0.0.1:",
             "dst :0",
             "src 127.0.0.2/31",
             "src 127.0.1.0/24",
             "src inet:*:443",
             "dst localhost",
             "dst localhost:443",
             "dport = inet:443",
             "dst 127.0.0.8/30",
             "dst 127.0.0.9",
             "( dport = :443 or sport = :443 )",
             "dport = :443 or sport = :22",
             "dport = :443 | sport = :22",
             "dport = :443 || sport = :22",
             "dport = :443 or sport = :22 and sport > :30000",
             "sport = :8080 and dport = :443 or dport = :443",
             "dport = :443 or dport = :22 sport > :50000",
             "dport = :443 | dport = :22 & sport > :50000",
             "dport = :443 || dport = :22 && sport > :50000",
             "dport = :443 or ( dport = :22 and sport > :50000 )",
             "not dport = :443",
             "! dport = :443",
             "not not dport = :443",
             "! ! dport = :443",
             "not dport = :443 and sport = :443",
             "not ( dport = :443 or sport = :443 )",
             "dport = :443 sport > :1024",
             "dport = :443 not sport = :40000",
             "dport = :443 ! sport = :40000",
             "dport = :443 ( sport > :1 )",
             "src 127.0.0.1:443 or src [::1]:22",
             "sport neq 443 and sport != 22",
             "dst 127.0.0.3 or src 127.0.0.2",
             "autobound",
             "not autobound",
             "autobound or sport = :443",
             "autobound and dport = :443",
             "not ( autobound )",
             "dport = :5000 autobound",
             "dport = :5000 not autobound",
             "dev lo",
             "dev = lo",
             "dev != lo",
             "dev ne lo",
             "dev 1",
             "not dev lo",
             "fwmark = 5",
             "fwmark 5",
             "fwmark = 0x5",
             "fwmark = 4/0x4",
             "fwmark = 0x5/0x4",
             "fwmark != 5",
             "fwmark ne 5",
             "fwmark = 0",
             "not fwmark 5",
             // a family narrows all that is found, and the last one counts
             "sport = inet6:443",
             "sport inet6:*:8080",
             "sport = inet6:8080",
             "sport = inet:8080",
             "sport = inet6::22",
             "sport inet:*:443",
             "sport = inet:*",
             "sport = inet6:",
             "sport != inet6:22",
             "sport > inet6:21",
             "dport <= inet:443",
             "not sport = inet6:22",
             "not dst inet6:[::1]",
             "not dst inet:127.0.0.1",
             "sport = inet6:22 or sport = :8080",
             "sport = :443 or sport = inet6:22",
             "sport = inet:443 or sport = inet6:22",
             "sport = inet6:22 or sport = inet:443",
             "dst inet:127.0.0.1 or dst inet6:[::1]",
             "dst inet6:[::1] or dst inet:127.0.0.1",
             "src inet6:*",
             "not src inet6:*",
             "src inet6:* or src inet:*",
             "dst inet6::22",
             "dst inet:localhost",
             "dst inet6:any",
             "dst inet:default",
             "sport = *:443",
             // numbers as C has them, names for all, and masks
             "sport = 0673",
             "sport = :0673",
             "sport = 0X1bb",
             "sport = 00",
             "dst 127.0.0.1:0673",
             "dst 0177.0.0.1",
             "dst default",
             "dst default:443",
             "dst all:443",
             "dst 0",
             "dst 0.0",
             "dst 0:443",
             "src 0",
             "src 0:5000",
             "dst 0/0",
             "dst 127.0.0.1/255.0.0.0",
             "dst 127.0.0.1/255.0",
             "dst 127.0.0.1/255.255.255.255",
             "dst 127.0.0.1/0.0.0.0",
             "dst 127.0.0.1/0x8",
             "dst 127.0.0.1/010",
             "dst ::1:22",
             "dst inet6:::1:22",
             "not dst ::1:22",
             "dst ::/0:22",
             "dev 0",
             "dev = 0",
             "dev = 00",
             "dev != 0",
             "not dev 0",
         })
        all.push_back({text});
    if (const std::string place = cgroup2(); !place.empty()) {
        all.push_back({"cgroup " + place});
        all.push_back({"cgroup = " + place});
        all.push_back({"cgroup != " + place});
        all.push_back({"not cgroup " + place});
    }
    return all;
}

TEST(SsFilters, bothFindTheSameSockets) {
    if (whyNoNetwork())
        SKIP_UNLESS_CI(*whyNoNetwork());
    openSockets();
    const auto all = expressions();
    EXPECT_GE(all.size(), 60U);
    std::size_t withSome = 0;
    for (const Words& filter : all)
        withSome += expectSame(filter, filter).empty() ? 0 : 1;
    EXPECT_GE(withSome, 60U) << "expressions that find nothing compare little";
    std::printf("%zu expressions, %zu of them find sockets\n", all.size(), withSome);
}

/// Signs that ss takes with blanks around them only, and what else ss refuses.
TEST(SsFilters, whatSsRefusesForItsBlanksIsReadAsItIsMeant) {
    if (whyNoNetwork())
        SKIP_UNLESS_CI(*whyNoNetwork());
    openSockets();
    const std::vector<std::pair<std::string, std::string>> same{
        {"dport=:443", "dport = :443"},
        {"(dport = :443)", "dport = :443"},
        {"!dport=:443", "! dport = :443"},
        {"dport>=:443&&dport<=:9000", "dport >= :443 and dport <= :9000"},
        {"dst *.443", "dst *:443"},
        {"dst ::1", "dst [::1]"},
        {"dst != 127.0.0.1", "not dst 127.0.0.1"},
    };
    for (const auto& [ours, theirs] : same)
        expectSame({ours}, {theirs});
    expectSame({"dport = :443 state established"}, {"state", "established", "dport = :443"});
}

} // namespace
} // namespace halfopen
