// SPDX-License-Identifier: GPL-3.0-or-later
// The founding story in the laboratory: a peer that is gone, a connection that nothing guards, and a program that
// cannot be restarted.
#include "core/actions/direct_operations.h"
#include "core/actions/direct_socket_operations.h"
#include "core/forecast/forecast.h"
#include "core/kernel/diag/netlink_source.h"
#include "core/kernel/netns/netns_id.h"
#include "core/lab/laboratory.h"
#include "tests/lab/dump.h"
#include "tests/lab/in_child.h"
#include "tests/skip.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace halfopen::lab {
namespace {

using test::Dump;
using test::inChild;

const Endpoint kServer{*IpAddress::parse("198.51.100.7"), 5432};

/// Waits for the program's error, at most so long. @return the errno it gets; 0: none
int errorWithin(int socket, std::chrono::milliseconds time) {
    pollfd wait{socket, POLLIN, 0};
    ::poll(&wait, 1, static_cast<int>(time.count()));
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

TimerKind timerOf(std::uint64_t cookie) {
    for (const Connection& connection : Dump::of(**NetlinkSource::open()))
        if (connection.cookie == cookie)
            return connection.timer.kind();
    return TimerKind::WindowProbe;
}

std::string play() {
    auto lab = Laboratory::open();
    if (!lab || !lab->addPeer(kServer.address))
        return lab ? "no peer" : inEnglish(lab.error());
    auto visit = lab->visitPeer();
    const auto listener = listenAt(kServer);
    const auto pair = listener ? lab->connect(kServer, listener->get()) : tl::unexpected(listener.error());
    if (!pair)
        return inEnglish(pair.error());
    auto home = lab->visitLocal();
    if (!home || !lab->silence(kServer.address))
        return "the peer could not be silenced";
    const std::uint64_t cookie = cookieOf(pair->near.get());
    if (timerOf(cookie) != TimerKind::None)
        return "it is guarded from the beginning";
    if (errorWithin(pair->near.get(), std::chrono::milliseconds(1500)) != 0)
        return "it was noticed without keepalive";
    const auto made = DirectSocketOperations().set(
        ownNetns(), {cookie}, {.enabled = true, .idleSeconds = 1, .intervalSeconds = 1, .probes = 2});
    if (!made)
        return inEnglish(made.error());
    if (!made->front().outcome)
        return inEnglish(made->front().outcome.error());
    if (timerOf(cookie) != TimerKind::Keepalive)
        return "the timer was not armed";
    return std::strerror(errorWithin(pair->near.get(), std::chrono::seconds(20)));
}

TEST(Story, keepaliveSetOnALivingConnectionNoticesThatThePeerIsGone) {
    const std::string ended = inChild([] { return play(); });
    if (ended.find("namespace") != std::string::npos && ::geteuid() != 0)
        SKIP_UNLESS_CI(ended);
    EXPECT_EQ(ended, std::strerror(ETIMEDOUT));
}

TEST(Story, worksForWhomeverRunsTheLaboratory) {
    if (const auto why = test::whyNotRoot())
        SKIP_UNLESS_CI(*why);
    EXPECT_EQ(inChild([] { return play(); }, test::kNobody), std::strerror(ETIMEDOUT));
}

} // namespace
} // namespace halfopen::lab
