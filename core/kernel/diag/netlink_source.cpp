// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/netlink_source.h"

#include "core/kernel/diag/kernel_asker.h"
#include "core/kernel/diag/mptcp_dump.h"
#include "core/kernel/diag/netlink_paths.h"
#include "core/kernel/diag/socket_bytecode.h"
#include "core/kernel/tick/tick_source.h"

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <span>
#include <string>
#include <utility>

namespace halfopen {

namespace {

using namespace std::chrono_literals;

constexpr int kAttempts = 3;
// A batch takes a millisecond; whoever waits this long waits for a lock.
constexpr auto kTimeLimit = 2s;
// How long one sample looks for the socket that is locked.
constexpr auto kSearch = 300ms;

struct DumpRequest {
    nlmsghdr head;
    inet_diag_req body;
    nlattr attribute;
};

// The request that ss makes too: answered for both families in one pass over the kernel's table (net/ipv4/inet_diag.c,
// inet_diag_dump_compat() asks for AF_UNSPEC), where SOCK_DIAG_BY_FAMILY takes a pass for each.
std::vector<std::byte> dumpRequest(std::uint32_t sequence, std::uint32_t port, const SampleRequest& request) {
    const auto program = bytecodeOf(request.only);
    DumpRequest message{};
    const std::size_t size = program.empty() ? offsetof(DumpRequest, attribute) : sizeof message;
    message.head.nlmsg_len = static_cast<std::uint32_t>(size + program.size());
    message.head.nlmsg_type = TCPDIAG_GETSOCK;
    message.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    message.head.nlmsg_seq = sequence;
    message.head.nlmsg_pid = port;
    message.body.idiag_states = request.only.states;
    if (request.info)
        message.body.idiag_ext = 1 << (INET_DIAG_INFO - 1);
    if (request.congestion)
        message.body.idiag_ext |= 1 << (INET_DIAG_CONG - 1);
    message.attribute = {static_cast<std::uint16_t>(sizeof(nlattr) + program.size()), INET_DIAG_REQ_BYTECODE};
    std::vector<std::byte> bytes(size);
    std::memcpy(bytes.data(), &message, size);
    bytes.insert(bytes.end(), program.begin(), program.end());
    return bytes;
}

MonotonicTime timeOf(std::int64_t nanos) {
    return MonotonicTime(std::chrono::nanoseconds(nanos));
}

// Which tick a batch was written in: the kernel reads the jiffies somewhat before the call returns.
bool isTickCertain(const dumping::CallTimes& call, const TickClock& clock) {
    constexpr std::chrono::microseconds kBefore{100};
    return clock.ticksUntil(timeOf(call.begun) - kBefore) == clock.ticksUntil(timeOf(call.returned)) &&
           ticksCounted(timeOf(call.begun), timeOf(call.coarse), clock);
}

/// Hands on, and keeps what the search for a locked socket needs.
class Passing : public ConnectionSink {
public:
    Passing(ConnectionSink& sink, const UidMap& users, LockedSocketSearch& search, std::uint64_t& last)
        : m_sink(sink)
        , m_users(users)
        , m_search(search)
        , m_last(last)
        , m_searches(search.wantsSockets()) {
        m_last = 0;
        if (m_searches)
            m_search.beginDump();
    }
    void restart() override { m_sink.restart(); }
    void add(const Connection& connection) override {
        m_last = connection.cookie;
        if (m_searches)
            m_search.add(connection);
        if (m_users.empty())
            return m_sink.add(connection);
        Connection outside = connection;
        outside.uid = connection.isMini() ? connection.uid : m_users.outside(connection.uid);
        m_sink.add(outside);
    }

private:
    ConnectionSink& m_sink;
    const UidMap& m_users;
    LockedSocketSearch& m_search;
    std::uint64_t& m_last;
    bool m_searches;
};

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

Result<std::unique_ptr<NetlinkSource>> NetlinkSource::open(NetnsAccessPtr netns) {
    auto process = DumpProcess::start(*netns);
    if (!process)
        return tl::unexpected(process.error());
    return std::unique_ptr<NetlinkSource>(new NetlinkSource(std::move(netns), std::move(*process)));
}

NetlinkSource::NetlinkSource(NetnsAccessPtr netns, std::unique_ptr<DumpProcess> process)
    : m_access(std::move(netns))
    , m_users(m_access->users())
    , m_process(std::move(process))
    , m_search(m_access)
    , m_netns(m_access->inode())
    , m_mptcp(hasMptcp()) {
    if (auto exact = ExactLookup::open(*m_access))
        m_exact = std::move(*exact);
    if (auto asker = KernelAsker::open(*m_access))
        m_asker = std::move(*asker);
}

NetlinkSource::~NetlinkSource() = default;

Result<KernelAnswer> NetlinkSource::answer(const KernelQuestion& question) {
    if (!m_asker)
        return failure(ErrorCode::NotSupported, Sentence::tr("The kernel cannot be asked for that."));
    return m_asker->ask(question);
}

std::unique_ptr<PathSource> NetlinkSource::paths() const {
    return std::make_unique<NetlinkPaths>(NetlinkPaths::kMost, m_access);
}

Result<void> NetlinkSource::send(const SampleRequest& request) {
    if (!m_process) {
        auto process = DumpProcess::start(*m_access);
        if (!process)
            return tl::unexpected(process.error());
        m_process = std::move(*process);
    }
    return m_process->ask(dumpRequest(++m_sequence, m_process->port(), request), true);
}

Result<NetlinkSource::Dumped> NetlinkSource::dump(const SampleRequest& request, ConnectionSink& sink,
                                                  SampleSummary& summary) {
    if (auto ok = send(request); !ok)
        return tl::unexpected(ok.error());
    const BatchContext context{.sequence = m_sequence,
                               .port = m_process->port(),
                               .checkOrigin = true,
                               .detailCookie = request.detailCookie,
                               .withInfo = request.info};
    Passing passing(sink, m_users, m_search, m_lastCookie);
    return readAnswer(context, request.clock, passing, summary, m_tap);
}

// Read to its end even when interrupted: the kernel answers EBUSY to a second dump while one runs. The kernel fills the
// next batch before recv() hands out the one before (netlink_recvmsg() calls netlink_dump()): its numbers are of then.
Result<NetlinkSource::Dumped> NetlinkSource::readAnswer(BatchContext context, const TickClock& clock,
                                                        ConnectionSink& sink, SampleSummary& summary,
                                                        const std::function<void(ByteView)>& tap) {
    Dumped whole;
    while (!whole.status.done) {
        const auto batch = m_process->next(kTimeLimit);
        if (!batch)
            return tl::unexpected(batch.error());
        if (!*batch) {
            whole.stopped = true;
            return whole;
        }
        const DumpProcess::Batch& now = **batch;
        context.tickCertain = isTickCertain(now.before, clock);
        summary.tickCertain = summary.tickCertain && context.tickCertain;
        if (tap)
            tap(now.bytes);
        std::size_t consumed = 0;
        const auto status = readBatch(now.bytes, timeOf(now.before.returned), context, sink, summary.detail, consumed);
        if (!status)
            return tl::unexpected(status.error());
        whole.status.done = status->done;
        whole.status.interrupted = whole.status.interrupted || now.lost || status->interrupted;
    }
    return whole;
}

/// Where the kernel has no mptcp_diag there is nothing to be seen, and nobody is asked again.
Result<void> NetlinkSource::addMptcp(const SampleRequest& request, ConnectionSink& sink, SampleSummary& summary) {
    WithoutSubflow whole(sink, m_users);
    for (const std::uint8_t family : {AF_INET, AF_INET6}) {
        const MptcpRequest message = mptcpRequest(family, request.only.states, ++m_sequence, m_process->port());
        if (auto ok = m_process->ask(std::as_bytes(std::span(&message, 1)), true); !ok)
            return ok;
        const BatchContext context{.sequence = m_sequence, .port = m_process->port(), .withInfo = false};
        const auto dumped = readAnswer(context, request.clock, whole, summary);
        if (!dumped && dumped.error().code == ErrorCode::NotSupported) {
            m_mptcp = false;
            return {};
        }
        if (!dumped)
            return tl::unexpected(dumped.error());
        if (dumped->stopped)
            return failure(ErrorCode::Unreadable,
                           Sentence::tr("The kernel waits for a lock and lists no MPTCP sockets."));
    }
    return {};
}

/// A lock that has been let go is noticed here.
bool NetlinkSource::isLocked() {
    if (m_stopped && m_stopped->ended()) {
        m_stopped.reset();
        m_search.end();
    }
    m_search.checkFound();
    return m_stopped != nullptr;
}

Result<BatchStatus> NetlinkSource::goOnWithoutInfo(SampleRequest request, ConnectionSink& sink,
                                                   SampleSummary& summary) {
    if (!request.info)
        return failure(ErrorCode::Unreadable, Sentence::tr("The kernel waits for a lock and lists no TCP sockets."));
    m_stopped = std::move(m_process);
    m_stopped->abandon();
    m_search.begin(m_lastCookie);
    request.info = false;
    sink.restart();
    return readAll(request, sink, summary);
}

Result<BatchStatus> NetlinkSource::readAll(const SampleRequest& request, ConnectionSink& sink, SampleSummary& summary) {
    BatchStatus status;
    for (int attempt = 1; attempt <= kAttempts; ++attempt) {
        const MonotonicTime begun = MonotonicClock::now();
        summary.tickCertain = true;
        const auto dumped = dump(request, sink, summary);
        if (!dumped)
            return tl::unexpected(dumped.error());
        if (dumped->stopped)
            return goOnWithoutInfo(request, sink, summary);
        status = dumped->status;
        const bool again =
            status.interrupted || (!summary.tickCertain && isShort(MonotonicClock::now() - begun, request));
        if (!again)
            break;
        if (attempt < kAttempts)
            sink.restart();
    }
    return status;
}

Result<SampleSummary> NetlinkSource::sample(const SampleRequest& request, ConnectionSink& sink) {
    SampleSummary summary;
    summary.start = MonotonicClock::now();
    summary.netns = m_netns;
    if (std::exchange(m_first, false) && m_access->tier() == NetnsTier::Own) {
        const std::size_t count = countTcpSockets();
        sink.expect(count + count / 512 + 64);
    }
    SampleRequest possible = request;
    possible.info = request.info && !isLocked();
    const auto status = readAll(possible, sink, summary);
    if (!status) {
        m_process.reset(); // what is left of this dump must not be taken for the next one
        return tl::unexpected(status.error());
    }
    if (m_mptcp && m_process) {
        if (auto ok = addMptcp(possible, sink, summary); !ok) {
            m_process.reset();
            return tl::unexpected(ok.error());
        }
    }
    if (status->interrupted)
        summary.notes.push_back(
            Sentence::tr("The kernel's table changed while it was read: a connection may be missing or listed twice."));
    if (request.info && m_stopped) {
        m_search.work(kSearch);
        summary.locked = m_search.found();
    }
    summary.end = MonotonicClock::now();
    return summary;
}

} // namespace halfopen
