// SPDX-License-Identifier: GPL-3.0-or-later
// What root has opened in a namespace and handed to somebody without rights: what can be done with it, and what not.
#include "core/kernel/diag/destroy.h"
#include "core/kernel/diag/destroy_events.h"
#include "core/kernel/diag/netlink_source.h"
#include "core/kernel/netns/handed_access.h"
#include "core/monitor/monitor.h"
#include "tests/core/kernel/netns/resident.h"
#include "tests/lab/in_child.h"
#include "tests/skip.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <linux/filter.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sys/stat.h>

#include <chrono>
#include <thread>

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;

NetnsAccessPtr handed(const Resident& resident, int count = 6) {
    const auto access = enterNetns(
        UniqueFd(::open(fmt::format("/proc/{}/ns/net", resident.pid()).c_str(), O_RDONLY | O_CLOEXEC)), "blue");
    std::vector<UniqueFd> sockets;
    for (int i = 0; access && i < count; ++i) {
        sockets.push_back((*access)->socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG));
        EXPECT_TRUE(restrictToInet(sockets.back().get()));
    }
    return std::make_shared<const HandedAccess>(std::move(sockets), resident.facts().inode);
}

struct Cookies : ConnectionSink {
    void restart() override { all.clear(); }
    void add(const Connection& connection) override {
        all.push_back(connection.cookie);
        if (connection.state == State::Established)
            last = connection;
    }
    std::vector<std::uint64_t> all;
    Connection last;
};

class HandedAccess_ : public testing::Test {
protected:
    void SetUp() override {
        if (!isRoot())
            SKIP_UNLESS_CI("needs root, to open what is handed on");
    }
};

TEST_F(HandedAccess_, showsEverythingToWhoMayNotEnter) {
    const Resident roots;
    const auto access = handed(roots);
    EXPECT_EQ(inChild(
                  [&] {
                      auto source = NetlinkSource::open(access);
                      if (!source)
                          return inEnglish(source.error());
                      Cookies sink;
                      const auto summary = (*source)->sample({.info = true}, sink);
                      if (!summary)
                          return inEnglish(summary.error());
                      const bool there = std::ranges::find(sink.all, roots.facts().client) != sink.all.end();
                      return fmt::format("{} {} {} {}", sink.all.size(), there, sink.last.info.length > 0,
                                         summary->netns == roots.facts().inode);
                  },
                  kBob),
              "3 true true true");
}

TEST_F(HandedAccess_, tellsOfEnds) {
    const Resident roots;
    const auto access = handed(roots);
    EXPECT_EQ(inChild(
                  [&] {
                      const auto events = DestroyEvents::open(*access);
                      return events ? std::string("joined") : inEnglish(events.error());
                  },
                  kBob),
              "joined");
}

/// A request for sockets of unix(7) is answered by nothing that comes.
std::string askForUnix(int socket) {
    struct {
        nlmsghdr head;
        unix_diag_req body;
    } request{};
    request.head.nlmsg_len = sizeof request;
    request.head.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    request.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    request.body.sdiag_family = AF_UNIX;
    request.body.udiag_states = ~0U;
    if (::send(socket, &request, sizeof request, 0) != sizeof request)
        return "not sent";
    char buffer[8192];
    // The kernel answers within send(2): what does not come now never comes.
    return ::recv(socket, buffer, sizeof buffer, MSG_DONTWAIT) < 0 && errno == EAGAIN ? "silence" : "an answer";
}

TEST_F(HandedAccess_, letsNobodyAskForOtherSocketsNorTakeTheFilterAway) {
    const UniqueFd socket = ownNetnsAccess()->socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
    ASSERT_TRUE(restrictToInet(socket.get()));
    const UniqueFd listed(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    EXPECT_EQ(inChild(
                  [&] {
                      const int none = 0;
                      sock_filter all[] = {BPF_STMT(BPF_RET | BPF_K, 0xffffffff)};
                      const sock_fprog other{1, all};
                      const int taken = ::setsockopt(socket.get(), SOL_SOCKET, SO_DETACH_FILTER, &none, sizeof none);
                      const int replaced =
                          ::setsockopt(socket.get(), SOL_SOCKET, SO_ATTACH_FILTER, &other, sizeof other);
                      const int unlocked = ::setsockopt(socket.get(), SOL_SOCKET, SO_LOCK_FILTER, &none, sizeof none);
                      return fmt::format("{} {} {} {}", taken, replaced, unlocked, askForUnix(socket.get()));
                  },
                  kBob),
              "-1 -1 -1 silence");
}

/// One without a port would be the kernel's own to it, and get no events; a program that is started has none of them.
TEST_F(HandedAccess_, hasItsPortAndIsForThisProgramAlone) {
    const UniqueFd socket = ownNetnsAccess()->socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
    ASSERT_TRUE(restrictToInet(socket.get()));
    sockaddr_nl address{};
    socklen_t size = sizeof address;
    ASSERT_EQ(::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size), 0);
    EXPECT_NE(address.nl_pid, 0U);
    EXPECT_EQ(::fcntl(socket.get(), F_GETFD), FD_CLOEXEC);
    const Resident resident;
    ASSERT_EQ(resident.facts().error, 0);
    const UniqueFd given = handed(resident, 1)->socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK, NETLINK_SOCK_DIAG);
    EXPECT_EQ(::fcntl(given.get(), F_GETFD), FD_CLOEXEC);
}

TEST_F(HandedAccess_, letsNobodyCloseConnections) {
    const Resident roots;
    const auto access = handed(roots);
    EXPECT_EQ(inChild(
                  [&] {
                      Cookies sink;
                      const auto source = NetlinkSource::open(access);
                      if (!source || !(*source)->sample({}, sink))
                          return std::string("no dump");
                      auto destroyer = SocketDestroyer::open(*access);
                      if (!destroyer)
                          return inEnglish(destroyer.error());
                      const auto destroyed = destroyer->destroy(sink.last);
                      return fmt::format("{}", destroyed ? -1 : static_cast<int>(destroyed.error().code));
                  },
                  kBob),
              fmt::format("{}", static_cast<int>(ErrorCode::NotPermitted)));
}

TEST_F(HandedAccess_, hasNothingButThese) {
    const Resident roots;
    const auto access = handed(roots, 1);
    EXPECT_FALSE(access->socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
    EXPECT_FALSE(access->socket(AF_INET, SOCK_STREAM, 0));
    EXPECT_FALSE(access->settings("ipv4"));
    EXPECT_TRUE(access->socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK, NETLINK_SOCK_DIAG));
    EXPECT_FALSE(access->socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG)) << "each is given once";
    EXPECT_EQ(errno, EMFILE);
}

/// Seen from outside first, then with what was handed on: no row has ended meanwhile, and its number stays.
TEST_F(HandedAccess_, makesAMonitorLookIntoOneThatItSawFromOutside) {
    const Resident roots;
    const auto access = handed(roots);
    const std::uint64_t cookie = roots.facts().netnsCookie;
    EXPECT_EQ(inChild(
                  [&] {
                      const auto history = std::make_shared<History>();
                      Monitor monitor(std::move(*NetlinkSource::open()), {.owners = false,
                                                                          .options = false,
                                                                          .calibrate = false,
                                                                          .others = Monitor::Others::AtOnce,
                                                                          .history = history});
                      const Query query{.interval = 1000ms, .netns = kEveryNetns};
                      const auto theirs = [&](const Frame& frame) -> const NetnsContext* {
                          for (std::size_t at = 0; at < frame.namespaces.size(); ++at)
                              if (frame.namespaces[at]->inside.oldest == roots.pid() && !frame.samples[at].gone &&
                                  frame.samples[at].taken != MonotonicTime{})
                                  return frame.namespaces[at].get();
                          return nullptr;
                      };
                      const auto until = [&](NetnsTier tier) -> FramePtr { // it is found, and has its turn
                          const MonotonicTime end = MonotonicClock::now() + 20s;
                          while (MonotonicClock::now() < end) {
                              FramePtr frame = monitor.sample(query);
                              if (const auto* one = theirs(*frame); one != nullptr && one->tier == tier)
                                  return frame;
                              std::this_thread::sleep_for(20ms);
                          }
                          return nullptr;
                      };
                      const FramePtr before = until(NetnsTier::Public);
                      if (!before)
                          return std::string("not seen from outside");
                      const NetnsContext outside = *theirs(*before);
                      monitor.take(NetnsOpened{outside.inside.procInode, cookie, access, {.keepaliveTime = 601}});
                      const FramePtr after = until(NetnsTier::Asked);
                      if (!after)
                          return std::string("not looked into");
                      const NetnsContext& inside = *theirs(*after);
                      monitor.take(NetnsSettings{cookie, {.keepaliveTime = 602}});
                      FramePtr later = monitor.sample(query); // it is read when the namespace has its turn again
                      const MonotonicTime end = MonotonicClock::now() + 20s;
                      while (theirs(*later)->sysctls.keepaliveTime == 601 && MonotonicClock::now() < end) {
                          std::this_thread::sleep_for(20ms);
                          later = monitor.sample(query);
                      }
                      const bool named = std::ranges::any_of(
                          after->rows, [&](const Row& row) { return row.connection.cookie == roots.facts().client; });
                      const auto ended = history->after(0).records; // of others, too, that come and go
                      const auto theirEnds = std::ranges::count_if(ended, [&](const EndedConnectionPtr& one) {
                          return one->local.port == roots.facts().port || one->remote.port == roots.facts().port;
                      });
                      return fmt::format("{} {} {} {} {} {}", inside.number == outside.number, inside.cookie == cookie,
                                         named, inside.sysctls.keepaliveTime, theirs(*later)->sysctls.keepaliveTime,
                                         theirEnds);
                  },
                  kBob),
              "true true true 601 602 0");
}

} // namespace
} // namespace halfopen
