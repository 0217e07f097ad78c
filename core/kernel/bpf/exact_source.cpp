// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/bpf/exact_source.h"

#include "core/kernel/bpf/decode_record.h"
#include "core/kernel/tick/tick_source.h"

#include <linux/netlink.h>
#include <sys/socket.h>

#include <cerrno>
#include <chrono>
#include <utility>

namespace halfopen {

namespace {

using namespace std::chrono_literals;

// A batch takes less than a millisecond; whoever waits this long in the kernel waits for a lock. What sock_diag then
// tells takes as long again.
constexpr auto kTimeLimit = 500ms;

/// Takes nothing but what is asked for beside the connections.
class Nobody : public ConnectionSink {
public:
    void restart() override {}
    void add(const Connection&) override {}
};

/// Nothing but this socket, as far as the kernel can tell sockets apart.
SocketFilter justThis(const Connection& connection) {
    const auto end = [](bool local, const Endpoint& its) {
        return std::vector{SocketCondition{.local = local, .lowPort = its.port, .highPort = its.port}};
    };
    return {.states = 1U << static_cast<unsigned>(connection.state),
            .conditions = {end(true, connection.local), end(false, connection.remote)}};
}

Error noPass(int error) {
    return {ErrorCode::Unreadable,
            Sentence::tr("The kernel does not let its sockets be read exactly: {0}.", Errno{error})};
}

} // namespace

Result<std::unique_ptr<Source>> ExactSource::open(ExactProgramsPtr programs, NetnsAccessPtr netns,
                                                  DumpReaderPtr reader) {
    const bool own = netns->tier() == NetnsTier::Own;
    auto diag = NetlinkSource::open(netns, own ? std::make_shared<DumpReader>() : reader);
    if (!diag)
        return tl::unexpected(diag.error());
    if (auto process = reader->process(); !process) // before there is memory that it would share
        return tl::unexpected(process.error());
    if (!netns->iterate(programs->sockets()))
        return tl::unexpected(noPass(errno));
    return std::unique_ptr<Source>(
        new ExactSource(std::move(programs), std::move(netns), std::move(reader), std::move(*diag)));
}

ExactSource::ExactSource(ExactProgramsPtr programs, NetnsAccessPtr netns, DumpReaderPtr reader,
                         std::unique_ptr<NetlinkSource> diag)
    : m_programs(std::move(programs))
    , m_access(std::move(netns))
    , m_reader(std::move(reader))
    , m_diag(std::move(diag))
    , m_socket(std::make_unique<ExactSocket>())
    , m_netnsCookie(netnsCookieOf(m_access->socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG).get()))
    , m_rate{readTickRate(), {}} {}

ExactSource::~ExactSource() = default;

std::chrono::nanoseconds ExactSource::helpersTime() const {
    return m_reader->cpuTime() + (isBeside() ? m_diag->helpersTime() : std::chrono::nanoseconds{});
}

/// @return what reads the pass that has been begun
Result<DumpProcess*> ExactSource::begin() {
    const UniqueFd pass = m_access->iterate(m_programs->sockets());
    if (!pass)
        return tl::unexpected(noPass(errno));
    auto process = m_reader->process();
    if (process)
        if (auto ok = (*process)->readPass(pass); !ok)
            return tl::unexpected(ok.error());
    return process;
}

/// A lock that has been let go is noticed here.
bool ExactSource::isLocked() {
    if (m_stopped && m_stopped->ended())
        m_stopped.reset();
    return m_stopped != nullptr;
}

Result<bool> ExactSource::handOn(ByteView batch, const SampleRequest& request, ConnectionSink& sink) {
    for (; !batch.empty(); batch = batch.subspan(sizeof(exact_record))) {
        const auto kind = decodeRecord(batch, m_rate.hz, *m_socket);
        if (!kind)
            return tl::unexpected(kind.error());
        if (*kind == RecordKind::End)
            return true;
        if (m_netnsCookie != 0 && m_socket->netnsCookie != m_netnsCookie)
            return failure(ErrorCode::Unreadable, Sentence::tr("The kernel told of another network namespace."));
        const Connection& connection = m_socket->connection;
        m_offsets.add(offsetOf(m_socket->facts.jiffies, connection.sampled, m_rate));
        if ((request.only.states >> static_cast<unsigned>(connection.state) & 1U) == 0)
            continue;
        if (connection.cookie == request.detailCookie)
            m_detailed = connection;
        sink.addExact(connection, m_socket->facts);
        if (m_socket->mptcpToken != 0)
            sink.addToken(connection.cookie, m_socket->mptcpToken);
    }
    return false;
}

Result<ExactSource::Pass> ExactSource::iterate(const SampleRequest& request, ConnectionSink& sink) {
    const auto process = begin();
    if (!process)
        return tl::unexpected(process.error());
    bool ended = false;
    while (true) {
        const auto batch = (*process)->next(kTimeLimit);
        if (!batch)
            return tl::unexpected(batch.error());
        if (!*batch) {
            m_stopped = m_reader->abandon();
            return Pass::Stopped;
        }
        const auto last = handOn((*batch)->bytes, request, sink);
        if (!last)
            return tl::unexpected(last.error());
        ended = ended || *last;
        if ((*batch)->last)
            break;
    }
    if (!ended)
        return failure(ErrorCode::Unreadable, Sentence::tr("The kernel's list of its sockets has no end."));
    return Pass::Done;
}

/// No record has all of tcp_info: it is asked for of this one socket.
void ExactSource::addDetail(const SampleRequest& request, SampleSummary& summary) {
    if (request.detailCookie == 0 || m_detailed.cookie != request.detailCookie)
        return;
    Nobody nobody;
    auto told = m_diag->sample({.only = justThis(m_detailed),
                                .congestion = false,
                                .detailCookie = request.detailCookie,
                                .clock = request.clock},
                               nobody);
    if (told)
        summary.detail = std::move(told->detail);
}

Result<SampleSummary> ExactSource::sample(const SampleRequest& request, ConnectionSink& sink) {
    if (!request.info || isLocked())
        return m_diag->sample(request, sink);
    SampleSummary summary{.start = MonotonicClock::now(), .netns = m_access->inode(), .exact = true};
    if (std::exchange(m_first, false))
        expectAll(*m_access, sink);
    m_detailed = Connection();
    m_offsets = {};
    if (isBeside()) // the kernel walks through all bound sockets, which takes a quarter of what a pass does
        m_diag->askOthers(request);
    const auto pass = iterate(request, sink);
    if (!pass)
        m_reader->discard();
    if (!pass || *pass == Pass::Stopped) {
        sink.restart();
        auto instead = m_diag->sample(request, sink);
        if (instead && !pass)
            instead->notes.push_back(pass.error().sentence);
        return instead;
    }
    if (auto ok = m_diag->addOthers(request, sink, summary); !ok)
        return tl::unexpected(ok.error());
    addDetail(request, summary);
    summary.jiffiesOffset = m_offsets.most();
    summary.end = MonotonicClock::now();
    return summary;
}

Result<std::unique_ptr<Source>> openLiveSource(const ExactProgramsPtr& programs, const NetnsAccessPtr& netns,
                                               const DumpReaderPtr& reader) {
    if (programs)
        if (auto exact = ExactSource::open(programs, netns, reader))
            return exact;
    auto diag = NetlinkSource::open(netns, reader);
    if (!diag)
        return tl::unexpected(diag.error());
    return std::move(*diag);
}

} // namespace halfopen
