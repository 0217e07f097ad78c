// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/bpf/exact_source.h"
#include "core/kernel/sockets/socket_access.h"
#include "tests/core/kernel/bpf/exact_test.h"
#include "tests/core/locked_connection.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <poll.h>

#include <arpa/inet.h>
#include <netinet/ip.h>
#include <netinet/ip_icmp.h>
#include <netinet/tcp.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <map>
#include <string>
#include <vector>

namespace halfopen {
namespace {

using namespace std::chrono_literals;
using namespace test;

struct Sampled {
    Connection connection;
    std::optional<ExactFacts> facts;
};

class ByCookie : public ConnectionSink {
public:
    void restart() override { sockets.clear(); }
    void add(const Connection& connection) override { sockets[connection.cookie] = {connection, std::nullopt}; }
    void addExact(const Connection& connection, const ExactFacts& facts) override {
        EXPECT_FALSE(sockets.contains(connection.cookie));
        sockets[connection.cookie] = {connection, facts};
    }
    std::map<std::uint64_t, Sampled> sockets;
};

/// Connections of several kinds, over loopback.
class ManySockets {
public:
    ManySockets() {
        plain.connectClient();
        keep(plain.accepted());
        setOption(plain.client.get(), SOL_SOCKET, SO_KEEPALIVE, 1);

        guarded.connectClient();
        keep(guarded.accepted());
        for (const auto& [name, value] : {std::pair{TCP_KEEPIDLE, 7200},
                                          {TCP_KEEPINTVL, 33},
                                          {TCP_KEEPCNT, 4},
                                          {TCP_USER_TIMEOUT, 90'000},
                                          {TCP_SYNCNT, 3},
                                          {TCP_LINGER2, 17}})
            setOption(guarded.client.get(), IPPROTO_TCP, name, value);
        setOption(guarded.client.get(), SOL_SOCKET, SO_KEEPALIVE, 1);
        const int on = 1;
        setOption(guarded.client.get(), IPPROTO_IP, IP_RECVERR, on);

        waiting.connectClient(); // nobody accepts it
        deferring();
        stalled();
        timewait();
        six();
        bound = boundToLoopback();
    }

    std::vector<int> clients() const {
        return {plain.client.get(), guarded.client.get(), waiting.client.get(), full.client.get()};
    }

    Loopback plain, guarded, waiting, deferred, full, closed;
    UniqueFd bound;

private:
    void keep(UniqueFd fd) { m_kept.push_back(std::move(fd)); }

    /// A request that waits for data.
    void deferring() {
        setOption(deferred.listener.get(), IPPROTO_TCP, TCP_DEFER_ACCEPT, 30);
        deferred.connectClient();
    }

    /// The peer does not read: its window is closed, and data waits.
    void stalled() {
        full.connectClient();
        keep(full.accepted());
        fcntl(full.client.get(), F_SETFL, O_NONBLOCK);
        const std::vector<char> data(1 << 16, 'x');
        while (send(full.client.get(), data.data(), data.size(), MSG_NOSIGNAL) > 0) {
        }
    }

    void timewait() {
        closed.connectClient();
        UniqueFd server = closed.accepted();
        closed.client.reset();
        char byte = 0;
        EXPECT_EQ(read(server.get(), &byte, 1), 0);
        server.reset();
    }

    void six() {
        UniqueFd listener(socket(AF_INET6, SOCK_STREAM, 0));
        sockaddr_in6 address{};
        address.sin6_family = AF_INET6;
        address.sin6_addr = in6addr_loopback;
        socklen_t size = sizeof address;
        if (::bind(listener.get(), reinterpret_cast<sockaddr*>(&address), size) != 0) // a kernel without IPv6
            return;
        EXPECT_EQ(listen(listener.get(), 5), 0);
        getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size);
        UniqueFd client(socket(AF_INET6, SOCK_STREAM, 0));
        EXPECT_EQ(connect(client.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
        keep(std::move(listener));
        keep(std::move(client));
    }

    std::deque<UniqueFd> m_kept;
};

/// What of a connection is not a time.
std::string identityOf(const Connection& c) {
    return fmt::format("{} {} {} {} if {} inode {} inet6 {} recverr {} deferred {} upper {} cgroup {} congestion {}",
                       toString(c.state), c.local.toString(), c.remote.toString(), c.uid, c.interface, c.inode, c.inet6,
                       c.receivesErrors, c.connectDeferred, static_cast<int>(c.upperLayer), c.cgroup,
                       congestionName(c.congestion));
}

std::string countsOf(const Connection& c) {
    const TcpInfo& i = c.info;
    return fmt::format("queues {}/{} timer {}/{} acked {} received {} unacked {} notsent {} window {} retrans {} "
                       "cwnd {} mss {} segs {}/{} ca {} rtx {} probes {} backoff {} options {} beyond {} recoveries {} "
                       "rto {} rtt {}/{} info {}",
                       c.receiveQueue, c.sendQueue, c.timer.raw, c.timer.retransmits, i.bytesAcked, i.bytesReceived,
                       i.unacked, i.notSentBytes, i.sendWindow, i.totalRetransmits, i.sendCwnd, i.sendMss, i.segmentsIn,
                       i.segmentsOut, i.caState, i.retransmits, i.probes, i.backoff, i.options & 7,
                       i.ackedBeyondPayload, i.totalRtoRecoveries, i.rtoUs, i.rttUs, i.rttVarUs, i.present());
}

/// When something told as an age or a time left was or will be. @return what is told apart, for a sentence; "" if not
std::string otherMoment(const Connection& one, Millis oneAge, const Connection& other, Millis otherAge, int sign,
                        const char* what) {
    const auto at = [sign](const Connection& c, Millis age) {
        return c.sampled + sign * std::chrono::milliseconds(age.count());
    };
    const auto apart = std::chrono::abs(at(one, oneAge) - at(other, otherAge));
    // A tick, what ages are rounded by, and the time between the kernel's reading and the stamp of its batch.
    return apart < 60ms ? std::string() : fmt::format("{} by {} of {}; ", what, apart, identityOf(one));
}

std::string otherTimes(const Connection& exact, const Connection& diag) {
    std::string other;
    if (exact.timer.expires.count() > 0 && diag.timer.expires.count() > 0)
        other += otherMoment(exact, exact.timer.expires, diag, diag.timer.expires, 1, "timer");
    if (!exact.info.present() || exact.state == State::Listen)
        return other;
    other += otherMoment(exact, exact.info.lastDataSent, diag, diag.info.lastDataSent, -1, "data sent");
    other += otherMoment(exact, exact.info.lastDataReceived, diag, diag.info.lastDataReceived, -1, "data received");
    other += otherMoment(exact, exact.info.lastAckReceived, diag, diag.info.lastAckReceived, -1, "ack received");
    return other;
}

class ExactSourceTest : public testing::Test {
protected:
    void SetUp() override { SKIP_WITHOUT_EXACT(); }

    static ByCookie sample(Source& source, SampleRequest request = {}) {
        ByCookie sink;
        summary = source.sample(request, sink);
        EXPECT_TRUE(summary) << inEnglish(summary.error());
        return sink;
    }
    static inline Result<SampleSummary> summary;
};

TEST_F(ExactSourceTest, everyFieldIsThatOfSockDiag) {
    const ManySockets many;
    auto exact = ExactSource::open(exactPrograms());
    ASSERT_TRUE(exact) << inEnglish(exact.error());
    auto diag = NetlinkSource::open();
    ASSERT_TRUE(diag);
    // Where something moved in between, the samples before and after it differ, too.
    // So with times, where one of them had to wait for a processor in the middle of a batch.
    std::string otherwise = "sock_diag never says the same twice";
    for (int attempt = 0;; ++attempt) {
        ASSERT_LT(attempt, 20) << otherwise;
        const ByCookie before = sample(**diag);
        const ByCookie told = sample(**exact);
        ASSERT_TRUE(summary->exact);
        const ByCookie after = sample(**diag);
        const auto same = [](const auto& one, const auto& other) {
            return one.first == other.first && countsOf(one.second.connection) == countsOf(other.second.connection);
        };
        if (!std::ranges::equal(before.sockets, after.sockets, same))
            continue;
        otherwise.clear();
        for (const auto& [cookie, one] : after.sockets)
            if (const auto found = told.sockets.find(cookie); found != told.sockets.end())
                otherwise += otherTimes(found->second.connection, one.connection);
        if (!otherwise.empty())
            continue;
        EXPECT_EQ(told.sockets.size(), after.sockets.size());
        std::map<State, int> states;
        for (const auto& [cookie, one] : after.sockets) {
            const auto found = told.sockets.find(cookie);
            ASSERT_NE(found, told.sockets.end()) << identityOf(one.connection);
            ++states[one.connection.state];
            EXPECT_EQ(identityOf(found->second.connection), identityOf(one.connection));
            EXPECT_EQ(countsOf(found->second.connection), countsOf(one.connection)) << identityOf(one.connection);
            EXPECT_EQ(found->second.facts.has_value(), one.connection.state != State::Bound);
        }
        for (const State state : {State::Established, State::Listen, State::SynRecv, State::TimeWait})
            EXPECT_GT(states[state], 0) << toString(state);
        return;
    }
}

TEST_F(ExactSourceTest, optionsAreThoseOfGetsockopt) {
    const ManySockets many;
    auto source = ExactSource::open(exactPrograms());
    ASSERT_TRUE(source) << inEnglish(source.error());
    const ByCookie told = sample(**source);
    SocketAccess reader;
    for (const int fd : many.clients()) {
        const auto found = told.sockets.find(cookieOf(fd));
        ASSERT_NE(found, told.sockets.end());
        const KeepaliveOptions options = found->second.facts.value().options.value();
        const auto read = reader.read(getpid(), fd, cookieOf(fd));
        ASSERT_TRUE(read);
        EXPECT_EQ(options.enabled, read->enabled);
        EXPECT_EQ(options.userTimeout, read->userTimeout);
        EXPECT_EQ(options.rtoMax, read->rtoMax);
        EXPECT_EQ((options.followed & follows::Idle) == 0 ? options.idleSeconds : read->idleSeconds, read->idleSeconds);
        EXPECT_EQ((options.followed & follows::Interval) == 0 ? options.intervalSeconds : read->intervalSeconds,
                  read->intervalSeconds);
        EXPECT_EQ((options.followed & follows::Probes) == 0 ? options.probes : read->probes, read->probes);
        EXPECT_EQ(options.synCount != 0 ? options.synCount : read->synCount, read->synCount);
        EXPECT_EQ(options.lingerSeconds != 0 ? options.lingerSeconds : read->lingerSeconds, read->lingerSeconds);
    }
    const auto optionsOf = [&](int fd) { return told.sockets.at(cookieOf(fd)).facts->options.value(); };
    EXPECT_EQ(optionsOf(many.plain.client.get()).followed,
              follows::Told | follows::Idle | follows::Interval | follows::Probes);
    const KeepaliveOptions guarded = optionsOf(many.guarded.client.get());
    EXPECT_EQ(guarded.followed, follows::Told); // 7200 as the setting, and yet the program's own
    EXPECT_EQ(guarded.idleSeconds, 7200);
    EXPECT_EQ(guarded.synCount, 3);
    EXPECT_EQ(guarded.lingerSeconds, 17);
}

/// It inherited its listener's options, has no descriptor, and nobody could read them.
TEST_F(ExactSourceTest, connectionThatNobodyAcceptedHasItsOwnOptions) {
    Loopback loopback;
    setOption(loopback.listener.get(), IPPROTO_TCP, TCP_KEEPIDLE, 41);
    loopback.connectClient();
    setOption(loopback.listener.get(), IPPROTO_TCP, TCP_KEEPIDLE, 42);
    auto source = ExactSource::open(exactPrograms());
    ASSERT_TRUE(source);
    const ByCookie told = sample(**source);
    const auto child = std::ranges::find_if(told.sockets, [&](const auto& one) {
        return one.second.connection.isNotAccepted() &&
               one.second.connection.local.port == ntohs(loopback.address.sin_port);
    });
    ASSERT_NE(child, told.sockets.end());
    EXPECT_EQ(child->second.facts->options->idleSeconds, 41);
}

/// snd_nxt, as TCP_REPAIR shows it.
std::uint32_t nextSequence(int fd) {
    setOption(fd, IPPROTO_TCP, TCP_REPAIR, TCP_REPAIR_ON);
    setOption(fd, IPPROTO_TCP, TCP_REPAIR_QUEUE, TCP_SEND_QUEUE);
    std::uint32_t sequence = 0;
    socklen_t size = sizeof sequence;
    EXPECT_EQ(getsockopt(fd, IPPROTO_TCP, TCP_QUEUE_SEQ, &sequence, &size), 0);
    setOption(fd, IPPROTO_TCP, TCP_REPAIR, TCP_REPAIR_OFF_NO_WP);
    return sequence;
}

/// A router says that the peer's host cannot be reached, of the last segment (RFC 792).
void sayUnreachable(int fd) {
    struct [[gnu::packed]] {
        icmphdr icmp{};
        iphdr ip{};
        std::uint16_t from = 0, to = 0;
        std::uint32_t sequence = 0;
    } message;
    sockaddr_in local{}, remote{};
    socklen_t size = sizeof local;
    ASSERT_EQ(getsockname(fd, reinterpret_cast<sockaddr*>(&local), &size), 0);
    ASSERT_EQ(getpeername(fd, reinterpret_cast<sockaddr*>(&remote), &size), 0);
    message.icmp.type = ICMP_DEST_UNREACH;
    message.icmp.code = ICMP_HOST_UNREACH;
    message.ip.version = 4;
    message.ip.ihl = 5;
    message.ip.protocol = IPPROTO_TCP;
    message.ip.saddr = local.sin_addr.s_addr;
    message.ip.daddr = remote.sin_addr.s_addr;
    message.from = local.sin_port;
    message.to = remote.sin_port;
    message.sequence = htonl(nextSequence(fd));
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < sizeof message; i += 2) {
        std::uint16_t word = 0;
        std::memcpy(&word, reinterpret_cast<const char*>(&message) + i, sizeof word);
        sum += word;
    }
    sum = (sum & 0xffff) + (sum >> 16);
    message.icmp.checksum = static_cast<std::uint16_t>(~(sum + (sum >> 16)));
    const UniqueFd raw(socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP));
    ASSERT_EQ(sendto(raw.get(), &message, sizeof message, 0, reinterpret_cast<const sockaddr*>(&local), sizeof local),
              static_cast<ssize_t>(sizeof message));
}

TEST_F(ExactSourceTest, softErrorIsSeenAndStays) {
    auto source = ExactSource::open(exactPrograms());
    ASSERT_TRUE(source);
    Loopback loopback;
    loopback.connectClient();
    const auto facts = [&] { return *sample(**source).sockets.at(cookieOf(loopback.client.get())).facts; };
    EXPECT_EQ(facts().softError, 0);
    sayUnreachable(loopback.client.get());
    EXPECT_EQ(facts().softError, EHOSTUNREACH);
    EXPECT_EQ(facts().softError, EHOSTUNREACH) << "looking takes it from nobody";
    EXPECT_EQ(facts().error, 0);
}

TEST_F(ExactSourceTest, detailIsTheWholeTcpInfoOfTheSelectedSocket) {
    Loopback loopback;
    loopback.connectClient();
    auto source = ExactSource::open(exactPrograms());
    ASSERT_TRUE(source);
    sample(**source, {.detailCookie = cookieOf(loopback.client.get())});
    EXPECT_GE(summary->detail.size(), 232U);
    sample(**source, {.detailCookie = 1});
    EXPECT_TRUE(summary->detail.empty());
}

TEST_F(ExactSourceTest, statesThatNobodyAskedForAreLeftOut) {
    const ManySockets many;
    auto source = ExactSource::open(exactPrograms());
    ASSERT_TRUE(source);
    SampleRequest request;
    request.only.states = 1U << static_cast<unsigned>(State::Listen);
    const ByCookie told = sample(**source, request);
    EXPECT_GE(told.sockets.size(), 6U);
    for (const auto& [cookie, one] : told.sockets)
        EXPECT_EQ(one.connection.state, State::Listen);
}

class LockedExactSourceTest : public LockedConnectionTest {
protected:
    void SetUp() override {
        SKIP_WITHOUT_EXACT();
        LockedConnectionTest::SetUp();
    }
};

TEST_F(LockedExactSourceTest, sockDiagTellsUntilTheLockIsLetGo) {
    auto source = ExactSource::open(exactPrograms());
    ASSERT_TRUE(source);
    ByCookie sink;
    auto summary = (*source)->sample({}, sink);
    ASSERT_TRUE(summary) << inEnglish(summary.error());
    EXPECT_FALSE(summary->exact);
    EXPECT_TRUE(summary->locked);
    EXPECT_TRUE(sink.sockets.contains(cookie));
    letGo();
    for (int attempt = 0; attempt < 500 && !(summary && summary->exact); ++attempt) {
        sink.sockets.clear();
        summary = (*source)->sample({}, sink);
        poll(nullptr, 0, 10);
    }
    EXPECT_TRUE(summary && summary->exact) << "the abandoned pass does not end with the lock";
    EXPECT_TRUE(sink.sockets.contains(cookie));
}

} // namespace
} // namespace halfopen
