// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diag/message_reader.h"
#include "core/diag/source.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

struct nl_sock;

namespace halfopen {

/// The live kernel: dumps of IPv4 and IPv6 in one, over a NETLINK_SOCK_DIAG socket (libnl). It sees the network
/// namespace of the thread that opened it, and stays in it.
class NetlinkSource : public Source {
public:
    /// @return NotSupported where the kernel has no sock_diag, NotPermitted where a filter forbids it
    static Result<std::unique_ptr<NetlinkSource>> open();
    ~NetlinkSource() override;

    /// Each batch is stamped with the time at which the call before it returned: the kernel fills the next batch before
    /// recv() hands out the one before (net/netlink/af_netlink.c, netlink_recvmsg() calls netlink_dump()), so that is
    /// when its numbers were true. An interrupted dump or ENOBUFS starts again, and so
    /// does a short one that met a tick (then its numbers may belong to the tick before); three times at most.
    Result<SampleSummary> sample(const SampleRequest& request, ConnectionSink& sink) override;
    bool live() const override { return true; }
    std::unique_ptr<PathSource> paths() const override;

    /// Called with every batch as it came, before it is decoded; for recordings. @param tap may be empty
    void setTap(std::function<void(ByteView)> tap) { m_tap = std::move(tap); }

private:
    struct SocketFree {
        void operator()(nl_sock* socket) const;
    };
    NetlinkSource();

    Result<void> connect();
    Result<void> send(const SampleRequest& request);
    Result<ByteView> receive(bool& lost);
    Result<BatchStatus> dump(const SampleRequest& request, ConnectionSink& sink, SampleSummary& summary);

    std::unique_ptr<nl_sock, SocketFree> m_socket;
    std::vector<std::byte> m_buffer;
    std::function<void(ByteView)> m_tap;
    std::uint32_t m_sequence = 0;
    std::uint32_t m_netns = 0;
    bool m_first = true;
};

/// TCP sockets of the calling thread's network namespace as its kernel counts them (/proc/net/sockstat, sockstat6): in
/// use and in TIME-WAIT, SYN-RECV not among them. 0 where it cannot be read. For making room, not for showing.
std::size_t countTcpSockets();

/// Inode of the network namespace of the calling thread (/proc/thread-self/ns/net); 0 where it cannot be read.
std::uint32_t currentNetns();

} // namespace halfopen
