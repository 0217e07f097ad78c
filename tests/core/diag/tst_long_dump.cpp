// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diag/batch.h"
#include "core/diag/message_reader.h"
#include "core/diag/netlink_source.h"
#include "core/lab/tcp_socket.h"
#include "tests/core/diag/message_builder.h"
#include "tests/core/own_network.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <sys/resource.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <thread>

namespace halfopen {
namespace {

using test::CollectingSink;

/// More sockets than are read in turn; all of them listen, so that nothing changes while they are listed.
class LongDump : public testing::Test {
protected:
    static constexpr std::size_t kSockets = 4000;

    void SetUp() override {
        if (const auto& why = test::whyNoNetwork())
            GTEST_SKIP() << *why;
        rlimit limit{};
        getrlimit(RLIMIT_NOFILE, &limit);
        if (limit.rlim_max < kSockets + 100)
            GTEST_SKIP() << "This process may not open 4,000 sockets.";
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
        for (std::size_t i = 0; i < kSockets; ++i) {
            auto listener = lab::listenAt({.address = *IpAddress::parse(i % 4 == 0 ? "::1" : "127.0.0.1")});
            ASSERT_TRUE(listener) << listener.error().message;
            m_sockets.push_back(std::move(*listener));
        }
        auto source = NetlinkSource::open();
        ASSERT_TRUE(source) << source.error().message;
        m_source = std::move(*source);
    }

    std::vector<UniqueFd> m_sockets;
    std::unique_ptr<NetlinkSource> m_source;
};

std::vector<std::uint64_t> cookies(const std::vector<Connection>& connections) {
    std::vector<std::uint64_t> all;
    std::ranges::transform(connections, std::back_inserter(all), &Connection::cookie);
    return all;
}

/// What the batches say that came by, each read when it is over.
std::vector<Connection> decoded(const std::vector<test::ByteVector>& batches) {
    CollectingSink sink;
    std::vector<std::uint8_t> detail;
    std::size_t consumed = 0;
    for (const auto& batch : batches)
        EXPECT_TRUE(readBatch(batch, {}, {.checkOrigin = false}, sink, detail, consumed));
    return sink.connections;
}

TEST_F(LongDump, listsEverySocketOnce) {
    CollectingSink sink;
    ASSERT_TRUE(m_source->sample({}, sink));
    auto listed = cookies(sink.connections);
    std::vector<std::uint64_t> opened;
    for (const UniqueFd& socket : m_sockets)
        opened.push_back(lab::cookieOf(socket.get()));
    std::ranges::sort(listed);
    std::ranges::sort(opened);
    EXPECT_EQ(listed, opened);
}

TEST_F(LongDump, isStampedBatchByBatchWhileItRuns) {
    CollectingSink sink;
    const auto before = MonotonicClock::now();
    const auto summary = m_source->sample({}, sink);
    ASSERT_TRUE(summary);
    auto stamps = std::vector<MonotonicTime>();
    std::ranges::transform(sink.connections, std::back_inserter(stamps), &Connection::sampled);
    ASSERT_EQ(stamps.size(), kSockets);
    EXPECT_TRUE(std::ranges::is_sorted(stamps));
    EXPECT_GE(stamps.front(), before);
    EXPECT_LE(stamps.back(), summary->end);
    stamps.erase(std::unique(stamps.begin(), stamps.end()), stamps.end());
    EXPECT_GT(stamps.size(), 30U);
}

TEST_F(LongDump, isOnTapWholeAndInOrder) {
    std::vector<test::ByteVector> batches;
    m_source->setTap([&](ByteView batch) { batches.emplace_back(batch.begin(), batch.end()); });
    CollectingSink sink;
    ASSERT_TRUE(m_source->sample({}, sink));
    EXPECT_EQ(sink.restarts, 0);
    EXPECT_EQ(cookies(decoded(batches)), cookies(sink.connections));
}

TEST_F(LongDump, isTheSameWhenTakenAgain) {
    CollectingSink first;
    ASSERT_TRUE(m_source->sample({}, first));
    for (int again = 0; again < 10; ++again) {
        CollectingSink next;
        ASSERT_TRUE(m_source->sample({}, next));
        ASSERT_EQ(cookies(next.connections), cookies(first.connections));
    }
}

std::ptrdiff_t countThreads() {
    return std::distance(std::filesystem::directory_iterator("/proc/self/task"), std::filesystem::directory_iterator());
}

/// Does something when so many connections have come.
class InterferingSink : public CollectingSink {
public:
    InterferingSink(std::size_t at, std::function<void()> what)
        : m_at(at)
        , m_what(std::move(what)) {}
    void add(const Connection& connection) override {
        CollectingSink::add(connection);
        if (connections.size() == m_at)
            m_what();
    }

private:
    std::size_t m_at;
    std::function<void()> m_what;
};

TEST_F(LongDump, takesASecondThreadAfterItsFirstBatchesAndForItsTimeOnly) {
    const auto usual = countThreads();
    std::ptrdiff_t early = 0;
    std::ptrdiff_t late = 0;
    InterferingSink first(100, [&] { early = countThreads(); });
    ASSERT_TRUE(m_source->sample({}, first));
    InterferingSink second(1700, [&] { late = countThreads(); });
    ASSERT_TRUE(m_source->sample({}, second));
    EXPECT_EQ(early, usual);
    EXPECT_EQ(late, usual + 1);
    const auto end = MonotonicClock::now() + std::chrono::seconds(5); // a joined one is listed for a moment still
    while (countThreads() > usual && MonotonicClock::now() < end)
        std::this_thread::yield();
    EXPECT_EQ(countThreads(), usual);
}

TEST_F(LongDump, anErrorOnItsWayEndsItAndTheNextOneBeginsAnew) {
    const UniqueFd lowest(::open("/dev/null", O_RDONLY | O_CLOEXEC)); // recvmsg() refuses what is no socket
    const int free = ::dup(lowest.get());
    ::close(free);
    auto source = NetlinkSource::open(); // at the lowest free descriptor
    ASSERT_TRUE(source);
    InterferingSink sink(1700, [&] { EXPECT_EQ(::dup2(lowest.get(), free), free); });
    const auto refused = (*source)->sample({}, sink);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Unreadable);
    EXPECT_LT(sink.connections.size(), kSockets);
    CollectingSink next;
    ASSERT_TRUE((*source)->sample({}, next));
    EXPECT_EQ(next.connections.size(), kSockets);
}

} // namespace
} // namespace halfopen
