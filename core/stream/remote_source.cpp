// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/remote_source.h"

#include "core/kernel/diag/message_reader.h"
#include "core/stream/far_ending.h"
#include "core/stream/limits.h"

#include <unordered_set>
#include <utility>

namespace halfopen::stream {

namespace {

using namespace std::chrono_literals;

/// Without the sender's own sockets and those that nobody has asked for; no more than a machine can have.
class Chosen final : public ConnectionSink {
public:
    Chosen(ConnectionSink& sink, const End& end, std::uint32_t states)
        : m_sink(sink)
        , m_own(end.own.begin(), end.own.end())
        , m_states(states) {}
    void restart() override { m_sink.restart(); }
    void add(const Connection& connection) override {
        const auto state = static_cast<unsigned>(connection.state);
        const bool wanted = state >= 32 || (m_states >> state & 1U) != 0;
        if (++m_count <= kMostSockets && wanted && !m_own.contains(connection.cookie))
            m_sink.add(connection);
    }
    void addToken(std::uint64_t cookie, std::uint32_t token) override { m_sink.addToken(cookie, token); }
    bool isTooMuch() const { return m_count > kMostSockets; }

private:
    ConnectionSink& m_sink;
    std::unordered_set<std::uint64_t> m_own;
    std::uint32_t m_states;
    std::size_t m_count = 0;
};

std::chrono::nanoseconds slept(const Clocks& clocks) {
    return clocks.boot - clocks.monotonic;
}

} // namespace

void eachBatch(const FarDump& dump, const std::function<bool(const BatchMark&, ByteView)>& visit) {
    std::size_t offset = 0;
    for (const BatchMark& mark : dump.batches) {
        if (!visit(mark, ByteView(dump.bytes).subspan(offset, mark.bytes)))
            return;
        offset += mark.bytes;
    }
}

Result<std::unique_ptr<RemoteSource>> RemoteSource::open(RemoteLinkPtr link) {
    std::unique_ptr<RemoteSource> source(new RemoteSource(std::move(link)));
    source->m_news = source->m_link->waitAfter(0);
    if (!source->m_news.dump)
        return tl::unexpected(*source->m_news.error);
    return source;
}

/// The first sample is of the dump that was waited for.
void RemoteSource::prepare() {
    constexpr auto kLeastSleep = 100ms; // less is the time between two readings
    const auto before = std::exchange(m_news, m_link->waitAfter(m_sampled));
    m_quiet = m_news.dump->number == m_sampled;
    m_slept =
        before.host == m_news.host && slept(m_news.dump->begin.clocks) - slept(before.dump->begin.clocks) > kLeastSleep;
    m_sampled = m_news.dump->number;
}

std::vector<Sentence> RemoteSource::notes() const {
    std::vector<Sentence> notes = m_news.dump->end.notes;
    if (const std::string said = lastLine(m_news.hello.noise); !said.empty())
        notes.push_back(Sentence::tr("What {0} says to whoever logs in was passed over: {1}", m_news.hello.host, said));
    if (!m_news.hello.noEvents.empty())
        notes.push_back(m_news.hello.noEvents);
    return notes;
}

/// MPTCP sockets that could not be listed are as few as none.
Result<SampleSummary> RemoteSource::sample(const SampleRequest& request, ConnectionSink& sink) {
    if (m_news.error)
        return tl::unexpected(*m_news.error);
    if (m_quiet)
        return failure(ErrorCode::Unreadable, Sentence::tr("Nothing comes from {0} any more.", m_link->request().host));
    const FarDump& dump = *m_news.dump;
    SampleSummary summary;
    summary.start = dump.end.started;
    summary.end = dump.end.taken;
    summary.netns = m_news.hello.netns;
    summary.tickCertain = dump.end.tickCertain;
    summary.notes = notes();
    summary.locked = dump.end.locked;
    const UidMap users;
    Chosen chosen(sink, dump.end, request.only.states);
    WithoutSubflow mptcp(chosen, users, m_mptcpShared, summary.netns);
    Result<void> result;
    eachBatch(dump, [&](const BatchMark& mark, ByteView bytes) {
        const BatchContext context{.checkOrigin = false,
                                   .detailCookie = request.detailCookie,
                                   .withInfo = mark.withInfo,
                                   .tickCertain = mark.tickCertain,
                                   .readBefore = mark.readBefore};
        std::size_t consumed = 0;
        ConnectionSink& to = mark.ofMptcp ? static_cast<ConnectionSink&>(mptcp) : chosen;
        const auto read = readBatch(bytes, mark.sampled, context, to, summary.detail, consumed);
        if (!read && !mark.ofMptcp)
            result = tl::unexpected(read.error());
        return result.has_value() && !chosen.isTooMuch();
    });
    mptcp.finish();
    if (chosen.isTooMuch())
        return tl::unexpected(tooMuch(m_link->request().host));
    if (!result)
        return tl::unexpected(result.error());
    return summary;
}

std::optional<MachineFacts> RemoteSource::machineFacts() const {
    const FarDump& dump = *m_news.dump;
    MachineFacts facts{
        .host = m_news.host,
        .name = m_news.hello.host,
        .kernel = m_news.hello.kernel,
        .clockOffset = m_news.clocks.offset,
        .clockError = m_news.clocks.error + std::min<std::chrono::nanoseconds>(dump.end.stampError, kDumpWithin),
        .sysctls = dump.facts->sysctls,
        .clock = dump.facts->clock,
        .state = {.orphanPressure = dump.end.orphanPressure, .suspended = m_slept, .ticksLate = dump.end.ticksLate},
        .users = dump.facts->names.users,
        .interfaces = dump.facts->names.interfaces,
        .netnsCookie = m_news.hello.netnsCookie,
        .netnsName = m_news.hello.netnsName,
        .units = dump.facts->names.units,
        .stopped = {dump.end.stopped.begin(), dump.end.stopped.end()}};
    return facts;
}

Result<KernelAnswer> RemoteSource::answer(const KernelQuestion&) {
    return failure(ErrorCode::NotSupported,
                   Sentence::tr("Another machine tells no marks, no control groups and no bound ports."));
}

EventDrain RemoteEvents::drain(std::vector<DestroyEvent>& events) {
    auto come = m_link->takeEvents();
    events.insert(events.end(), std::make_move_iterator(come.begin()), std::make_move_iterator(come.end()));
    return {.lost = static_cast<std::uint32_t>(m_link->takeLost())};
}

Result<WatchedNetns> watchRemote(const RemoteLinkPtr& link) {
    auto source = RemoteSource::open(link);
    if (!source)
        return tl::unexpected(source.error());
    const std::uint64_t cookie = (*source)->hello().netnsCookie;
    const bool events = (*source)->hello().events;
    return WatchedNetns{.source = std::move(*source),
                        .events = events ? std::make_unique<RemoteEvents>(link) : nullptr,
                        .access = nullptr,
                        .cookie = cookie};
}

} // namespace halfopen::stream
