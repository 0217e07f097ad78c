// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/netlink_source.h"

#include "core/kernel/diag/kernel_asker.h"
#include "core/kernel/diag/netlink_paths.h"
#include "core/kernel/diag/passing_sink.h"
#include "core/kernel/diag/socket_bytecode.h"
#include "core/kernel/tick/tick_source.h"

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <span>
#include <utility>

namespace halfopen {

namespace {

using namespace std::chrono_literals;

constexpr int kDumpAttempts = 3;
// A batch takes a millisecond; whoever waits this long waits for a lock.
constexpr auto kTimeLimit = 2s;
// How long one sample looks for the socket that is locked.
constexpr auto kSearch = 300ms;
// For what the kernel does not count. Oftener, and the walks of hundreds of quiet namespaces would leave no time to
// others.
constexpr auto kWholeEvery = 30s;
constexpr std::uint32_t kBound = 1U << static_cast<unsigned>(State::Bound);
constexpr std::uint32_t kListen = 1U << static_cast<unsigned>(State::Listen);

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

// By how much the kernel can have read it before the call returned.
std::uint16_t readBefore(const dumping::CallTimes& call, const TickClock& clock) {
    const std::int64_t took = call.returned - call.begun;
    if (took <= clock.tickNanos())
        return 0;
    return static_cast<std::uint16_t>(std::min<std::int64_t>((took + 999'999) / 1'000'000, 0xffff));
}

// A dump much shorter than a tick is rather taken again than told with a doubt; and one that is short but for a call
// that was held up: a batch of some 100 sockets takes some 200 us.
bool isShort(std::chrono::nanoseconds dump, int batches, bool heldUp, const SampleRequest& request) {
    constexpr int kFew = 4;
    return dump.count() < request.clock.tickNanos() / 4 || (heldUp && batches <= kFew);
}

SampleRequest justBound(SampleRequest request) {
    request.only.states &= 1U << static_cast<unsigned>(State::Bound);
    request.info = request.congestion = false;
    request.detailCookie = 0;
    return request;
}

} // namespace

void expectAll(const NetnsAccess& netns, ConnectionSink& sink) {
    if (netns.tier() != NetnsTier::Own)
        return;
    const SocketCount count = SocketCounter(netns).count().value_or(SocketCount());
    const std::size_t about = count.inUse + count.timeWait;
    sink.expect(about + about / 512 + 64);
}

Result<std::unique_ptr<NetlinkSource>> NetlinkSource::open(NetnsAccessPtr netns, DumpReaderPtr reader) {
    auto socket = DumpSocket::open(*netns);
    if (!socket)
        return tl::unexpected(socket.error());
    if (auto process = reader->process(); !process)
        return tl::unexpected(process.error());
    return std::unique_ptr<NetlinkSource>(new NetlinkSource(std::move(netns), std::move(reader), std::move(*socket)));
}

NetlinkSource::NetlinkSource(NetnsAccessPtr netns, DumpReaderPtr reader, DumpSocket socket)
    : m_access(std::move(netns))
    , m_users(m_access->users())
    , m_reader(std::move(reader))
    , m_socket(std::move(socket))
    , m_search(m_access)
    , m_netns(m_access->inode())
    , m_mptcp(hasMptcp()) {
    if (m_access->tier() != NetnsTier::Own)
        m_counter.emplace(*m_access);
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

/// What reads the next answer, and a socket to ask by.
Result<DumpProcess*> NetlinkSource::begin() {
    if (!m_socket) {
        auto socket = DumpSocket::open(*m_access);
        if (!socket)
            return tl::unexpected(socket.error());
        m_socket = std::move(*socket);
    }
    return m_reader->process();
}

/// What is left of an answer must not be taken for the next one.
void NetlinkSource::discard() {
    m_asked = false;
    m_reader->discard();
    m_socket.reset();
}

Result<void> NetlinkSource::send(const SampleRequest& request) {
    const auto process = begin();
    if (!process)
        return tl::unexpected(process.error());
    return (*process)->ask(*m_socket, dumpRequest(++m_sequence, m_socket->port(), request), true);
}

Result<NetlinkSource::Dumped> NetlinkSource::dump(const SampleRequest& request, ConnectionSink& sink,
                                                  SampleSummary& summary) {
    if (auto ok = send(request); !ok)
        return tl::unexpected(ok.error());
    return readDump(request, sink, summary);
}

Result<NetlinkSource::Dumped> NetlinkSource::readDump(const SampleRequest& request, ConnectionSink& sink,
                                                      SampleSummary& summary) {
    const BatchContext context{.sequence = m_sequence,
                               .port = m_socket->port(),
                               .checkOrigin = true,
                               .detailCookie = request.detailCookie,
                               .withInfo = request.info};
    Passing passing(sink, m_users, m_search, m_lastCookie);
    const auto dumped = readAnswer(context, request.clock, passing, summary);
    m_listeners = passing.listeners();
    m_onlyListeners = passing.onlyListeners();
    m_hasBound = passing.hasBound() || (m_hasBound && (request.only.states & kBound) == 0);
    m_hasMptcp = passing.hasSubflow();
    return dumped;
}

// Read to its end even when interrupted: the kernel answers EBUSY to a second dump while one runs. The kernel fills the
// next batch before recv() hands out the one before (netlink_recvmsg() calls netlink_dump()): its numbers are of then.
Result<NetlinkSource::Dumped> NetlinkSource::readAnswer(BatchContext context, const TickClock& clock,
                                                        ConnectionSink& sink, SampleSummary& summary, bool ofMptcp) {
    Dumped whole;
    const auto process = m_reader->process();
    while (process && !whole.status.done) {
        const auto batch = (*process)->next(kTimeLimit);
        if (!batch)
            return tl::unexpected(batch.error());
        if (!*batch) {
            whole.stopped = true;
            return whole;
        }
        const DumpProcess::Batch& now = **batch;
        ++whole.batches;
        context.tickCertain = isTickCertain(now.before, clock);
        context.readBefore = readBefore(now.before, clock);
        whole.heldUp = whole.heldUp || context.readBefore > 0;
        summary.tickCertain = summary.tickCertain && context.tickCertain;
        const RawBatch raw{
            now.bytes, timeOf(now.before.returned), context.tickCertain, context.readBefore, context.withInfo, ofMptcp};
        if (m_tap)
            m_tap(raw);
        std::size_t consumed = 0;
        const auto status = readBatch(raw.bytes, raw.sampled, context, sink, summary.detail, consumed);
        if (!status)
            return tl::unexpected(status.error());
        whole.status.done = status->done;
        whole.status.interrupted = whole.status.interrupted || now.lost || status->interrupted;
    }
    return whole;
}

/// Where the kernel has no mptcp_diag there is nothing to be seen, and nobody is asked again.
Result<void> NetlinkSource::addMptcp(const SampleRequest& request, ConnectionSink& sink, SampleSummary& summary) {
    WithoutSubflow whole(sink, m_users, m_mptcpShared, m_netns);
    for (const std::uint8_t family : {AF_INET, AF_INET6}) {
        const auto process = begin();
        if (!process)
            return tl::unexpected(process.error());
        const std::uint32_t states = request.only.states | kListen; // which tell whose cookie is shared
        const MptcpRequest message = mptcpRequest(family, states, ++m_sequence, m_socket->port());
        if (auto ok = (*process)->ask(*m_socket, std::as_bytes(std::span(&message, 1)), true); !ok)
            return ok;
        const BatchContext context{.sequence = m_sequence, .port = m_socket->port(), .withInfo = false};
        const auto dumped = readAnswer(context, request.clock, whole, summary, true);
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
    whole.finish();
    m_hasMptcp = m_hasMptcp || whole.some();
    m_mptcpInodes = whole.takeInodes();
    return {};
}

void NetlinkSource::askOthers(const SampleRequest& request) {
    const SampleRequest bound = justBound(request);
    m_asked = bound.only.states != 0 && send(bound).has_value();
}

/// None of it takes a socket's lock.
Result<void> NetlinkSource::addOthers(const SampleRequest& request, ConnectionSink& sink, SampleSummary& summary) {
    const SampleRequest bound = justBound(request);
    if (bound.only.states != 0) {
        const auto dumped = std::exchange(m_asked, false) ? readDump(bound, sink, summary) : dump(bound, sink, summary);
        if (!dumped || dumped->stopped) {
            discard();
            return dumped ? failure(ErrorCode::Unreadable,
                                    Sentence::tr("The kernel does not list the sockets that are only bound."))
                          : Result<void>(tl::unexpected(dumped.error()));
        }
    }
    if (!m_mptcp)
        return {};
    const auto added = addMptcp(request, sink, summary);
    if (!added)
        discard();
    return added;
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
    m_stopped = m_reader->abandon();
    m_socket.reset();
    m_search.begin(m_lastCookie);
    request.info = false;
    sink.restart();
    return readAll(request, sink, summary);
}

Result<BatchStatus> NetlinkSource::readAll(const SampleRequest& request, ConnectionSink& sink, SampleSummary& summary) {
    BatchStatus status;
    for (int attempt = 1; attempt <= kDumpAttempts; ++attempt) {
        const MonotonicTime begun = MonotonicClock::now();
        summary.tickCertain = true;
        const auto dumped = dump(request, sink, summary);
        if (!dumped)
            return tl::unexpected(dumped.error());
        if (dumped->stopped)
            return goOnWithoutInfo(request, sink, summary);
        status = dumped->status;
        const auto took = MonotonicClock::now() - begun;
        const bool uncertain =
            request.toTheTick && !summary.tickCertain && isShort(took, dumped->batches, dumped->heldUp, request);
        const bool again = status.interrupted || uncertain;
        if (!again)
            break;
        if (attempt < kDumpAttempts)
            sink.restart();
    }
    return status;
}

/// The last sample showed listeners and nothing else, and the kernel counts no more than those. What it does not count
/// may have come since, but not for long.
bool NetlinkSource::isQuiet(const SampleRequest& request, MonotonicTime now) {
    const auto counted = m_counter && request.only.everything() ? m_counter->count() : std::nullopt;
    m_counted = counted.value_or(SocketCount());
    return counted && m_whole != MonotonicTime{} && now - m_whole < kWholeEvery && m_onlyListeners && !m_hasMptcp &&
           m_counted == SocketCount{.inUse = m_listeners};
}

/// The listeners alone, for which the kernel does not walk over the sockets of the whole machine.
Result<BatchStatus> NetlinkSource::readQuiet(SampleRequest request, ConnectionSink& sink, SampleSummary& summary) {
    const SampleRequest whole = request;
    request.only.states = kListen;
    const auto status = readAll(request, sink, summary);
    if (!status || m_listeners == m_counted.inUse)
        return status;
    sink.restart(); // one of them was no listener
    return readWhole(whole, sink, summary);
}

/// Others than one's own are asked for MPTCP connections where there was or is a subflow: one that has lost its last
/// subflow has had one. Where the kernel has counted no handshake of MPTCP there never was any.
Result<BatchStatus> NetlinkSource::readWhole(const SampleRequest& request, ConnectionSink& sink,
                                             SampleSummary& summary) {
    const bool hadMptcp = std::exchange(m_hasMptcp, true);
    SampleRequest asked = request;
    const bool lately = m_whole != MonotonicTime{} && summary.start - m_whole < kWholeEvery;
    if (m_counter && lately && !m_hasBound && request.only.everything())
        asked.only.states &= ~kBound;
    const auto status = readAll(asked, sink, summary);
    if (!status)
        return status;
    if (asked.only.everything() || !request.only.everything())
        m_whole = asked.only.everything() ? summary.start : MonotonicTime{};
    const bool due = m_mptcpAsked == MonotonicTime{} || summary.start - m_mptcpAsked >= kWholeEvery;
    if (!m_mptcp || (m_counter && !hadMptcp && !m_hasMptcp && (!due || !m_counter->mayHaveMptcp())))
        return status;
    if (auto ok = addMptcp(request, sink, summary); !ok)
        return tl::unexpected(ok.error());
    m_mptcpAsked = summary.start;
    return status;
}

Result<SampleSummary> NetlinkSource::sample(const SampleRequest& request, ConnectionSink& sink) {
    if (m_asked)
        discard();
    SampleSummary summary;
    summary.start = MonotonicClock::now();
    summary.netns = m_netns;
    if (std::exchange(m_first, false))
        expectAll(*m_access, sink);
    SampleRequest possible = request;
    possible.info = request.info && !isLocked();
    const auto status =
        isQuiet(request, summary.start) ? readQuiet(possible, sink, summary) : readWhole(possible, sink, summary);
    if (!status) {
        discard();
        return tl::unexpected(status.error());
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
