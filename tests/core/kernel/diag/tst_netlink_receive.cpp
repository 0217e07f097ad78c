// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/netlink_message.h"
#include "core/kernel/diag/netlink_receive.h"
#include "core/kernel/unique_fd.h"

#include <gtest/gtest.h>

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

namespace halfopen {
namespace {

using Buffer = std::array<std::byte, 4096>;

/// The header of a message that claims `length` bytes, and behind it as many bytes as `behind`.
std::vector<std::byte> claiming(std::uint32_t length, std::size_t behind) {
    nlmsghdr head{};
    head.nlmsg_len = length;
    std::vector<std::byte> bytes(sizeof head + behind);
    std::memcpy(bytes.data(), &head, sizeof head);
    return bytes;
}

TEST(NetlinkMessage, isWhatItsLengthSays) {
    const auto bytes = claiming(sizeof(nlmsghdr) + 5, 12);
    const auto message = firstMessage(bytes);
    ASSERT_TRUE(message);
    EXPECT_EQ(message->payload.size(), 5U);
    EXPECT_EQ(message->whole.size(), sizeof(nlmsghdr) + 8);
}

TEST(NetlinkMessage, lacksThePaddingThatIsNotThere) {
    const auto bytes = claiming(sizeof(nlmsghdr) + 5, 5);
    ASSERT_TRUE(firstMessage(bytes));
    EXPECT_EQ(firstMessage(bytes)->whole.size(), bytes.size());
}

TEST(NetlinkMessage, isNoneWhereItsLengthIsALie) {
    EXPECT_FALSE(firstMessage({}));
    EXPECT_FALSE(firstMessage(ByteView(claiming(16, 0)).first(15)));
    EXPECT_FALSE(firstMessage(claiming(0, 8)));
    EXPECT_FALSE(firstMessage(claiming(sizeof(nlmsghdr) - 1, 8)));
    EXPECT_FALSE(firstMessage(claiming(sizeof(nlmsghdr) + 9, 8)));
    EXPECT_FALSE(firstMessage(claiming(0xffffffff, 8)));
}

TEST(NetlinkMessage, tellsItsStatusWhereThereIsOne) {
    const std::int32_t status = -ENOENT;
    EXPECT_EQ(statusOf(std::as_bytes(std::span(&status, 1))), -ENOENT);
    EXPECT_EQ(statusOf(std::as_bytes(std::span(&status, 1)).first(3)), std::nullopt);
}

/// A netlink socket and its port.
struct Socket {
    explicit Socket(int protocol)
        : fd(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol)) {
        sockaddr_nl local{};
        socklen_t size = sizeof local;
        local.nl_family = AF_NETLINK;
        EXPECT_EQ(::bind(fd.get(), reinterpret_cast<const sockaddr*>(&local), size), 0);
        EXPECT_EQ(::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&local), &size), 0);
        port = local.nl_pid;
    }
    /// @param type  of the one message, which asks for an acknowledgement
    void send(std::uint32_t to, std::uint16_t type) const {
        nlmsghdr head{};
        head.nlmsg_len = sizeof head;
        head.nlmsg_type = type;
        head.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
        sockaddr_nl address{};
        address.nl_family = AF_NETLINK;
        address.nl_pid = to;
        EXPECT_EQ(
            ::sendto(fd.get(), &head, sizeof head, 0, reinterpret_cast<const sockaddr*>(&address), sizeof address),
            static_cast<ssize_t>(sizeof head));
    }
    UniqueFd fd;
    std::uint32_t port = 0;
};

// NETLINK_USERSOCK lets every process send to every other.
TEST(NetlinkReceive, believesNoOtherProcess) {
    const Socket ours(NETLINK_USERSOCK);
    const Socket theirs(NETLINK_USERSOCK);
    Buffer buffer{};
    theirs.send(ours.port, NLMSG_MIN_TYPE);
    const Datagram seen = receiveOnce(ours.fd.get(), buffer, MSG_DONTWAIT);
    EXPECT_EQ(seen.size, static_cast<std::ptrdiff_t>(sizeof(nlmsghdr)));
    EXPECT_FALSE(seen.fromKernel);
    theirs.send(ours.port, NLMSG_MIN_TYPE);
    theirs.send(ours.port, NLMSG_MIN_TYPE);
    const Datagram got = receiveFromKernel(ours.fd.get(), buffer, MSG_DONTWAIT);
    EXPECT_EQ(got.size, -1);
    EXPECT_EQ(got.error, EAGAIN);
}

TEST(NetlinkReceive, takesTheKernelsAnswer) {
    const Socket ours(NETLINK_ROUTE);
    Buffer buffer{};
    ours.send(0, NLMSG_NOOP);
    const Datagram got = receiveFromKernel(ours.fd.get(), buffer);
    EXPECT_TRUE(got.fromKernel);
    EXPECT_FALSE(got.truncated);
    ASSERT_GT(got.size, 0);
    const auto message = firstMessage(ByteView(buffer).first(static_cast<std::size_t>(got.size)));
    ASSERT_TRUE(message);
    EXPECT_EQ(message->head.nlmsg_type, NLMSG_ERROR);
    EXPECT_EQ(statusOf(message->payload), 0);
}

TEST(NetlinkReceive, tellsWhatDidNotFit) {
    const Socket ours(NETLINK_ROUTE);
    std::array<std::byte, 8> small{};
    ours.send(0, NLMSG_NOOP);
    EXPECT_TRUE(receiveFromKernel(ours.fd.get(), small).truncated);
}

TEST(NetlinkReceive, tellsWhatWasLost) {
    const Socket ours(NETLINK_ROUTE);
    const int least = 1; // which the kernel makes the least that it allows
    ASSERT_EQ(::setsockopt(ours.fd.get(), SOL_SOCKET, SO_RCVBUF, &least, sizeof least), 0);
    for (int i = 0; i < 100; ++i)
        ours.send(0, NLMSG_NOOP);
    Buffer buffer{};
    bool lost = false;
    for (int i = 0; i < 200 && !lost; ++i)
        lost = receiveFromKernel(ours.fd.get(), buffer, MSG_DONTWAIT).error == ENOBUFS;
    EXPECT_TRUE(lost);
}

} // namespace
} // namespace halfopen
