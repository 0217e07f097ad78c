// SPDX-License-Identifier: GPL-3.0-or-later
// While sockets come and go as fast as they can, the kernel's dumps miss some that stay and list others twice: what
// stays is one row all the time, and nothing is told to have ended that goes on.
#include "core/kernel/diag/netlink_source.h"
#include "core/lab/net_namespace.h"
#include "core/lab/tcp_socket.h"
#include "core/monitor/monitor.h"
#include "tests/core/own_network.h"
#include "tests/core/processes.h"
#include "tests/lab/dump.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace halfopen {
namespace {

using namespace test;

constexpr int kPairs = 800; // three descriptors each are few enough for the usual limit, with a listener
constexpr int kDumps = 150;

/// A network whose table of connections has 64 chains: the longer they are, the more a dump misses.
/// Source: net/ipv4/tcp_ipv4.c, tcp_set_hashinfo(); Linux 6.1 and later, elsewhere the table is the machine's.
std::string enterSmallTable() {
    if (auto entered = lab::enterNewNetNamespace(); !entered)
        return inEnglish(entered.error());
    std::ofstream("/proc/sys/net/ipv4/tcp_child_ehash_entries") << 64;
    if (auto why = enterOwnNetwork())
        return *why;
    std::ofstream("/proc/sys/net/ipv4/tcp_max_tw_buckets") << 100'000;
    return {};
}

/// Opens and closes until it is killed: every third connection is reset, the others leave TIME-WAIT behind.
void churn(const sockaddr_in& address) {
    const UniqueFd listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in own = address;
    own.sin_port = 0;
    socklen_t size = sizeof own;
    bind(listener.get(), reinterpret_cast<const sockaddr*>(&own), size);
    listen(listener.get(), 64);
    getsockname(listener.get(), reinterpret_cast<sockaddr*>(&own), &size);
    for (unsigned i = 0;; ++i) {
        const UniqueFd client(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        connect(client.get(), reinterpret_cast<const sockaddr*>(&own), sizeof own);
        const UniqueFd server(accept(listener.get(), nullptr, nullptr));
        if (i % 3 == 0)
            lab::resetOnClose(client.get());
    }
}

/// Connections that stay.
struct Staying {
    Staying() {
        for (int i = 0; i < kPairs; ++i) {
            auto& client = sockets.emplace_back(UniqueFd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
            connect(client.get(), reinterpret_cast<const sockaddr*>(&loopback.address), sizeof loopback.address);
            sockets.push_back(loopback.accepted());
        }
        for (const UniqueFd& one : sockets)
            cookies.insert(lab::cookieOf(one.get()));
    }
    Loopback loopback;
    std::vector<UniqueFd> sockets;
    std::unordered_set<std::uint64_t> cookies;
};

/// Counts what the kernel itself gets wrong.
class CountingSource : public Source, ConnectionSink {
public:
    explicit CountingSource(std::unique_ptr<Source> source, const std::unordered_set<std::uint64_t>& staying)
        : m_source(std::move(source))
        , m_staying(staying) {}

    Result<SampleSummary> sample(const SampleRequest& request, ConnectionSink& sink) override {
        m_sink = &sink;
        m_listed.clear();
        auto summary = m_source->sample(request, *this);
        for (const std::uint64_t cookie : m_staying) {
            if (m_listed.contains(cookie)) {
                m_missed.erase(cookie);
            } else {
                ++missed;
                missedAgain += !m_missed.insert(cookie).second;
            }
        }
        return summary;
    }
    bool live() const override { return true; }
    bool isStillThere(const Connection& connection) override { return m_source->isStillThere(connection); }

    int missed = 0;
    int missedAgain = 0; ///< by the dump before, too
    int doubled = 0;

private:
    void expect(std::size_t connections) override { m_sink->expect(connections); }
    void restart() override {
        m_listed.clear();
        m_sink->restart();
    }
    void add(const Connection& connection) override {
        doubled += m_staying.contains(connection.cookie) && !m_listed.insert(connection.cookie).second;
        m_sink->add(connection);
    }

    std::unique_ptr<Source> m_source;
    const std::unordered_set<std::uint64_t>& m_staying;
    ConnectionSink* m_sink = nullptr;
    std::unordered_set<std::uint64_t> m_listed;
    std::unordered_set<std::uint64_t> m_missed; ///< by the last dump
};

std::string wrongIn(const Frame& frame, const std::unordered_set<std::uint64_t>& staying) {
    std::unordered_set<std::uint64_t> rows;
    for (const Row& row : frame.rows) {
        const std::uint64_t cookie = row.connection.cookie;
        if (!rows.insert(cookie).second)
            return fmt::format("cookie {} is two rows", cookie);
        if (staying.contains(cookie) && (row.change == Change::New || row.change == Change::Closed))
            return fmt::format("cookie {} is marked as {}", cookie, static_cast<int>(row.change));
    }
    for (const std::uint64_t cookie : staying) {
        if (!rows.contains(cookie))
            return fmt::format("cookie {} is no row", cookie);
    }
    for (const EndedConnectionPtr& ending : frame.endings) {
        if (staying.contains(ending->cookie))
            return fmt::format("cookie {} is told to have ended", ending->cookie);
    }
    return {};
}

std::string sampleBesideChurn() {
    if (auto wrong = enterSmallTable(); !wrong.empty())
        return wrong;
    const Staying staying;
    auto opened = NetlinkSource::open();
    if (!opened)
        return inEnglish(opened.error());
    auto counting = std::make_unique<CountingSource>(std::move(*opened), staying.cookies);
    const CountingSource& kernel = *counting;
    Monitor monitor(std::move(counting),
                    {.owners = false, .options = false, .calibrate = false, .history = std::make_shared<History>()});
    monitor.sample({});
    const pid_t churning = fork();
    if (churning == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        churn(staying.loopback.address);
    }
    std::string wrong;
    for (int dump = 0; dump < kDumps && wrong.empty(); ++dump)
        wrong = wrongIn(*monitor.sample({}), staying.cookies);
    kill(churning, SIGKILL);
    waitpid(churning, nullptr, 0);
    std::fprintf(stderr, "          %d dumps of %zu sockets that stay: %d missed, %d by two in a row, %d twice\n",
                 kDumps, staying.cookies.size(), kernel.missed, kernel.missedAgain, kernel.doubled);
    return wrong;
}

TEST(Churn, whatStaysIsOneRowAllTheTimeAndNeverEnds) {
    EXPECT_EQ(inChild(sampleBesideChurn), "");
}

} // namespace
} // namespace halfopen
