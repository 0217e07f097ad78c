// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diag/netlink_source.h"

#include "core/diag/netlink_paths.h"
#include "core/forecast/phase/tick_source.h"

#include <fmt/format.h>

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

namespace halfopen {

namespace {

// The kernel makes batches of 32 KiB at most (netlink_dump(), SKB_WITH_OVERHEAD(32768)).
constexpr std::size_t kBatchBytes = 64 * 1024;
constexpr int kAttempts = 3;

struct DumpRequest {
    nlmsghdr head;
    inet_diag_req body;
};

// The request that ss makes too: answered for both families in one pass over the kernel's table (net/ipv4/inet_diag.c,
// inet_diag_dump_compat() asks for AF_UNSPEC), where SOCK_DIAG_BY_FAMILY takes a pass for each.
DumpRequest dumpRequest(std::uint32_t sequence, std::uint32_t port, const SampleRequest& request) {
    DumpRequest message{};
    message.head.nlmsg_len = sizeof message;
    message.head.nlmsg_type = TCPDIAG_GETSOCK;
    message.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    message.head.nlmsg_seq = sequence;
    message.head.nlmsg_pid = port;
    message.body.idiag_states = request.states;
    if (request.info)
        message.body.idiag_ext = 1 << (INET_DIAG_INFO - 1);
    if (request.congestion)
        message.body.idiag_ext |= 1 << (INET_DIAG_CONG - 1);
    return message;
}

void enableExtendedAck(int fd) {
    const int on = 1; // kernels before 4.12 have none: their errors then come without words
    setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof on);
    setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof on);
}

/// When the kernel was asked for a batch, and the clock that tells whether its jiffies were up to date then.
struct Asked {
    MonotonicTime at = MonotonicClock::now();
    MonotonicTime coarse = readCoarseClock();
};

// Which tick a batch was written in: the kernel reads the jiffies somewhat before the call returns.
bool isTickCertain(const Asked& asked, MonotonicTime filled, const TickClock& clock) {
    constexpr std::chrono::microseconds kBefore{100};
    return clock.ticksUntil(asked.at - kBefore) == clock.ticksUntil(filled) &&
           ticksCounted(asked.at, asked.coarse, clock);
}

// A dump much shorter than a tick is rather taken again than told with a doubt.
bool isShort(std::chrono::nanoseconds dump, const SampleRequest& request) {
    return dump.count() < request.clock.tickNanos() / 4;
}

} // namespace

std::size_t countTcpSockets() {
    std::size_t count = 0;
    for (const char* file : {"/proc/thread-self/net/sockstat", "/proc/thread-self/net/sockstat6"}) {
        std::ifstream lines(file);
        std::string word;
        while (lines >> word) {
            std::size_t number = 0;
            const bool tcp = word == "TCP:" || word == "TCP6:";
            if (tcp && lines >> word >> number) // "inuse 12"
                count += number;
            if (word == "tw" && lines >> number)
                count += number;
        }
    }
    return count;
}

std::uint32_t currentNetns() {
    struct stat status {};
    return stat("/proc/thread-self/ns/net", &status) == 0 ? static_cast<std::uint32_t>(status.st_ino) : 0;
}

void NetlinkSource::SocketFree::operator()(nl_sock* socket) const {
    nl_socket_free(socket);
}

Result<std::unique_ptr<NetlinkSource>> NetlinkSource::open() {
    std::unique_ptr<NetlinkSource> source(new NetlinkSource);
    if (auto ok = source->connect(); !ok)
        return tl::unexpected(ok.error());
    return source;
}

NetlinkSource::NetlinkSource()
    : m_buffer(kBatchBytes)
    , m_netns(currentNetns()) {}

NetlinkSource::~NetlinkSource() = default;

std::unique_ptr<PathSource> NetlinkSource::paths() const {
    return std::make_unique<NetlinkPaths>();
}

Result<void> NetlinkSource::connect() {
    std::unique_ptr<nl_sock, SocketFree> socket(nl_socket_alloc());
    if (!socket)
        return failure(ErrorCode::Unreadable, "No memory for a netlink socket.");
    errno = 0;
    if (const int status = nl_connect(socket.get(), NETLINK_SOCK_DIAG); status < 0) {
        const int cause = errno != 0 ? errno : EPROTONOSUPPORT;
        return tl::unexpected(sockDiagError(cause, nl_geterror(status)));
    }
    enableExtendedAck(nl_socket_get_fd(socket.get()));
    m_socket = std::move(socket);
    return {};
}

Result<void> NetlinkSource::send(const SampleRequest& request) {
    const auto message = dumpRequest(++m_sequence, nl_socket_get_local_port(m_socket.get()), request);
    sockaddr_nl kernel{};
    kernel.nl_family = AF_NETLINK;
    const int fd = nl_socket_get_fd(m_socket.get());
    while (sendto(fd, &message, sizeof message, 0, reinterpret_cast<const sockaddr*>(&kernel), sizeof kernel) < 0) {
        if (errno != EINTR)
            return tl::unexpected(sockDiagError(errno, {}));
    }
    return {};
}

// One batch of the kernel; what another process sends is passed over. ENOBUFS loses messages, not the dump: it goes on
// with what is queued.
Result<ByteView> NetlinkSource::receive(bool& lost) {
    const int fd = nl_socket_get_fd(m_socket.get());
    while (true) {
        sockaddr_nl sender{};
        iovec buffer{m_buffer.data(), m_buffer.size()};
        msghdr message{};
        message.msg_name = &sender;
        message.msg_namelen = sizeof sender;
        message.msg_iov = &buffer;
        message.msg_iovlen = 1;
        // Where the kernel found no memory for a batch, nothing makes it go on with the dump: waiting would be for
        // ever.
        const ssize_t size = recvmsg(fd, &message, lost ? MSG_DONTWAIT : 0);
        lost = lost || (size < 0 && errno == ENOBUFS);
        if (size < 0 && lost && errno == EAGAIN)
            return failure(ErrorCode::Unreadable, "The kernel had no memory to list all TCP sockets (ENOBUFS).");
        if (size < 0 && (errno == EINTR || errno == ENOBUFS))
            continue;
        if (size < 0)
            return tl::unexpected(sockDiagError(errno, {}));
        if (size == 0)
            return failure(ErrorCode::Unreadable, "The kernel closed the sock_diag socket.");
        if (message.msg_namelen != sizeof sender || sender.nl_pid != 0)
            continue;
        if (message.msg_flags & MSG_TRUNC)
            return failure(ErrorCode::Unreadable,
                           fmt::format("A batch of the kernel did not fit into {} bytes.", kBatchBytes));
        return ByteView(m_buffer.data(), static_cast<std::size_t>(size));
    }
}

// Read to its end even when interrupted: the kernel answers EBUSY to a second dump while one runs.
Result<BatchStatus> NetlinkSource::dump(const SampleRequest& request, ConnectionSink& sink, SampleSummary& summary) {
    Asked asked;
    if (auto ok = send(request); !ok)
        return tl::unexpected(ok.error());
    MonotonicTime filled = MonotonicClock::now();
    BatchContext context{.sequence = m_sequence,
                         .port = nl_socket_get_local_port(m_socket.get()),
                         .checkOrigin = true,
                         .detailCookie = request.detailCookie};
    BatchStatus whole;
    bool lost = false;
    while (!whole.done) {
        context.tickCertain = isTickCertain(asked, filled, request.clock);
        summary.tickCertain = summary.tickCertain && context.tickCertain;
        asked = Asked();
        const auto batch = receive(lost);
        if (!batch)
            return tl::unexpected(batch.error());
        const MonotonicTime received = MonotonicClock::now();
        if (m_tap)
            m_tap(*batch);
        std::size_t consumed = 0;
        const auto status = readBatch(*batch, filled, context, sink, summary.detail, consumed);
        if (!status)
            return status;
        whole.done = status->done;
        whole.interrupted = whole.interrupted || lost || status->interrupted;
        filled = received;
    }
    return whole;
}

Result<SampleSummary> NetlinkSource::sample(const SampleRequest& request, ConnectionSink& sink) {
    SampleSummary summary;
    summary.start = MonotonicClock::now();
    summary.netns = m_netns;
    if (std::exchange(m_first, false)) {
        const std::size_t count = countTcpSockets();
        sink.expect(count + count / 512 + 64);
    }
    for (int attempt = 1; attempt <= kAttempts; ++attempt) {
        const MonotonicTime begun = MonotonicClock::now();
        summary.tickCertain = true;
        if (!m_socket) {
            if (auto ok = connect(); !ok)
                return tl::unexpected(ok.error());
        }
        const auto status = dump(request, sink, summary);
        if (!status) {
            m_socket.reset(); // what is left of this dump must not be taken for the next one
            return tl::unexpected(status.error());
        }
        const bool again =
            status->interrupted || (!summary.tickCertain && isShort(MonotonicClock::now() - begun, request));
        if (!again)
            break;
        if (attempt < kAttempts)
            sink.restart();
        else if (status->interrupted)
            summary.notes.emplace_back(
                "The kernel's table changed while it was read: a connection may be missing or listed twice.");
    }
    summary.end = MonotonicClock::now();
    return summary;
}

} // namespace halfopen
