// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diag/batch.h"

#include "core/diag/message_reader.h"

#include <fmt/format.h>

#include <linux/netlink.h>
#include <sys/socket.h>

#include <cerrno>

namespace halfopen {

Result<Batch> receiveBatch(int fd, std::span<std::byte> buffer, Wait wait) {
    Batch batch{.called = MonotonicClock::now()};
    while (true) {
        sockaddr_nl sender{};
        iovec room{buffer.data(), buffer.size()};
        msghdr message{};
        message.msg_name = &sender;
        message.msg_namelen = sizeof sender;
        message.msg_iov = &room;
        message.msg_iovlen = 1;
        const ssize_t size = recvmsg(fd, &message, wait == Wait::Yes ? 0 : MSG_DONTWAIT);
        batch.received = MonotonicClock::now();
        batch.lost = batch.lost || (size < 0 && errno == ENOBUFS);
        if (size < 0 && (errno == EINTR || errno == ENOBUFS))
            continue;
        if (size < 0 && wait == Wait::No && errno == EAGAIN)
            return batch;
        if (size < 0)
            return tl::unexpected(sockDiagError(errno, {}));
        if (size == 0)
            return failure(ErrorCode::Unreadable, "The kernel closed the sock_diag socket.");
        if (message.msg_namelen != sizeof sender || sender.nl_pid != 0)
            continue;
        if (message.msg_flags & MSG_TRUNC)
            return failure(ErrorCode::Unreadable,
                           fmt::format("A batch of the kernel did not fit into {} bytes.", buffer.size()));
        batch.bytes = ByteView(buffer).first(static_cast<std::size_t>(size));
        return batch;
    }
}

} // namespace halfopen
