// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/stream_sender.h"

#include "core/kernel/diag/netlink_source.h"
#include "core/kernel/netns/netns_access.h"
#include "core/stream/limits.h"

#include "halfopen_version.h"
#include <unistd.h>

#include <sys/utsname.h>

#include <algorithm>
#include <bit>
#include <ctime>
#include <fstream>
#include <utility>

namespace halfopen::stream {

namespace {

/// What the kernel sent, and how, as it is sent on.
struct KeptBatch {
    BatchMark mark;
    std::vector<std::byte> bytes;
};

std::chrono::nanoseconds readClock(clockid_t clock) {
    timespec now{};
    ::clock_gettime(clock, &now);
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

std::string bootId() {
    std::string id;
    std::ifstream("/proc/sys/kernel/random/boot_id") >> id;
    return id;
}

void appendBytes(std::vector<std::byte>& to, const std::vector<std::byte>& bytes) {
    to.insert(to.end(), bytes.begin(), bytes.end());
}

/// Of this machine and the calling thread's network namespace.
Hello makeHello() {
    utsname names{};
    ::uname(&names);
    return {.version = kVersion,
            .host = names.nodename,
            .kernel = names.release,
            .bootId = bootId(),
            .uid = ::geteuid(),
            .littleEndian = std::endian::native == std::endian::little,
            .netns = ownNetnsAccess()->inode(),
            .netnsCookie = ownNetnsCookie(),
            .netnsName = {},
            .noEvents = {}};
}

std::vector<std::byte> beginning(const std::string& nonce, const Hello& hello) {
    const std::string line = firstLine(nonce);
    const auto bytes = std::as_bytes(std::span(line));
    std::vector<std::byte> said(bytes.begin(), bytes.end());
    appendBytes(said, encode(hello));
    return said;
}

/// Those whose connections say so, for no more than those is it told.
std::vector<std::int32_t> stoppedOwners(const Frame& frame) {
    std::vector<std::int32_t> stopped;
    for (const Row& row : frame.rows)
        if (row.change != Change::Closed && row.forecast.conditions.has(Condition::OwnerStopped))
            for (const Owner& owner : frame.ownersOf(row))
                stopped.push_back(owner.pid);
    std::ranges::sort(stopped);
    stopped.erase(std::unique(stopped.begin(), stopped.end()), stopped.end());
    return stopped;
}

Names namesOf(const Frame& frame) {
    Names names{.users = frame.inView().host->users, .interfaces = frame.inView().interfaces, .units = {}};
    if (frame.units)
        for (const auto& [group, unit] : *frame.units)
            if (unit)
                names.units.try_emplace(group, *unit);
    return names;
}

/// Forwards everything, and forgets the batches of a dump that begins again.
class Forgetting final : public ConnectionSink {
public:
    Forgetting(ConnectionSink& sink, std::vector<KeptBatch>& batches)
        : m_sink(sink)
        , m_batches(batches) {}
    void expect(std::size_t connections) override { m_sink.expect(connections); }
    void restart() override {
        m_batches.clear();
        m_sink.restart();
    }
    void add(const Connection& connection) override { m_sink.add(connection); }
    void addToken(std::uint64_t cookie, std::uint32_t token) override { m_sink.addToken(cookie, token); }

private:
    ConnectionSink& m_sink;
    std::vector<KeptBatch>& m_batches;
};

} // namespace

Clocks readClocks() {
    return {readClock(CLOCK_MONOTONIC), readClock(CLOCK_BOOTTIME), readClock(CLOCK_REALTIME)};
}

/// Keeps what the kernel sent for the last sample.
class StreamSender::TappedSource final : public Source {
public:
    explicit TappedSource(std::unique_ptr<NetlinkSource> source)
        : m_source(std::move(source)) {
        m_source->setTap([this](const RawBatch& raw) {
            m_batches.push_back({{static_cast<std::uint32_t>(raw.bytes.size()), raw.sampled, raw.tickCertain,
                                  raw.readBefore, raw.withInfo, raw.ofMptcp},
                                 {raw.bytes.begin(), raw.bytes.end()}});
        });
    }

    Result<SampleSummary> sample(const SampleRequest& request, ConnectionSink& sink) override {
        m_batches.clear();
        Forgetting forgetting(sink, m_batches);
        auto summary = m_source->sample(request, forgetting);
        m_summary = summary.value_or(SampleSummary{});
        return summary;
    }
    bool live() const override { return true; }
    std::chrono::nanoseconds helpersTime() const override { return m_source->helpersTime(); }
    bool isStillThere(const Connection& connection) override { return m_source->isStillThere(connection); }
    std::unique_ptr<PathSource> paths() const override { return m_source->paths(); }

    const std::vector<KeptBatch>& batches() const { return m_batches; }
    const SampleSummary& summary() const { return m_summary; }

private:
    std::unique_ptr<NetlinkSource> m_source;
    std::vector<KeptBatch> m_batches;
    SampleSummary m_summary;
};

Result<std::unique_ptr<StreamSender>> StreamSender::open(const Options& options) {
    auto source = NetlinkSource::open();
    if (!source)
        return tl::unexpected(source.error());
    std::unique_ptr<StreamSender> sender(new StreamSender(options));
    if (auto events = DestroyEvents::open())
        sender->m_events = std::move(*events);
    else
        sender->m_hello.noEvents = events.error().sentence;
    sender->m_hello.events = bool(sender->m_events);
    auto tapped = std::make_unique<TappedSource>(std::move(*source));
    sender->m_source = tapped.get();
    sender->m_monitor = std::make_unique<Monitor>(
        WatchedNetns{.source = std::move(tapped), .access = ownNetnsAccess(), .cookie = sender->m_hello.netnsCookie},
        Monitor::Config{
            .owners = options.owners, .options = options.owners, .congestion = true, .calibrate = options.calibrate});
    return sender;
}

StreamSender::StreamSender(const Options& options)
    : m_options(options)
    , m_hello(makeHello()) {
    m_hello.owners = options.owners;
    m_hello.zstd = options.zstd && hasZstd();
}

StreamSender::~StreamSender() = default;

std::vector<std::byte> StreamSender::refusal(const std::string& nonce, const Error& why) {
    std::vector<std::byte> said = beginning(nonce, makeHello());
    appendBytes(said, encode(Failed{why.code, why.sentence}));
    return said;
}

void StreamSender::sayHello() {
    appendBytes(m_output, beginning(m_options.nonce, m_hello));
}

/// What comes before the first dump waits for it: its size is what the window of the compression goes by.
void StreamSender::put(const std::vector<std::byte>& messages) {
    if (!m_hello.zstd) {
        appendBytes(m_output, messages);
        return;
    }
    appendBytes(m_waiting, messages);
    if (!m_compressor)
        return;
    m_compressor->add(m_waiting, m_output);
    m_waiting.clear();
}

std::vector<std::byte> StreamSender::takeOutput() {
    return std::exchange(m_output, {});
}

void StreamSender::answerPing() {
    put(encode(Pong{readClocks()}));
}

void StreamSender::tellEvents() {
    std::vector<std::byte> messages;
    const std::uint32_t lost = m_events->drainRaw([&](ByteView datagram, MonotonicTime received) {
        appendBytes(messages, encode(EventsMark{static_cast<std::uint32_t>(datagram.size()), received, 0}));
        messages.insert(messages.end(), datagram.begin(), datagram.end());
    });
    if (lost != 0)
        appendBytes(messages, encode(EventsMark{0, MonotonicClock::now(), lost}));
    if (!messages.empty())
        put(messages);
}

bool StreamSender::sample(std::chrono::milliseconds interval) {
    const Clocks clocks = readClocks();
    Query query{.sort = SortKey::Kernel, .interval = interval};
    query.owners = m_options.owners;
    query.summary = false;
    // Whoever looks once waits for what is found at once, names of users among it.
    constexpr std::chrono::milliseconds kFirstWithin{300};
    const FramePtr frame =
        std::exchange(m_first, false) ? m_monitor->sampleSettled(query, kFirstWithin) : m_monitor->sample(query);
    if (m_events)
        tellEvents();
    if (frame->error) {
        put(encode(Failed{frame->error->code, frame->error->sentence}));
        return false;
    }
    tellDump(clocks);
    tellFacts(*frame);
    put(encode(endOf(*frame)));
    return true;
}

void StreamSender::tellDump(const Clocks& clocks) {
    std::size_t size = 0;
    for (const KeptBatch& batch : m_source->batches())
        size += batch.bytes.size();
    if (m_compressor && !m_compressor->fits(size)) {
        m_compressor->end(m_output);
        m_compressor.reset();
    }
    if (m_hello.zstd && !m_compressor)
        m_compressor = Compressor::make(size);
    std::vector<std::byte> messages = encode(Begin{clocks, size});
    messages.reserve(size + size / 4);
    for (const KeptBatch& batch : m_source->batches()) {
        appendBytes(messages, encode(batch.mark));
        appendBytes(messages, batch.bytes);
    }
    put(messages);
}

void StreamSender::tellFacts(const Frame& frame) {
    std::vector<std::byte> messages;
    if (m_sysctls != frame.inView().sysctls) {
        m_sysctls = frame.inView().sysctls;
        m_told.forgetOptions();
        appendBytes(messages, encode(*m_sysctls));
    }
    if (m_clock != frame.clock()) {
        m_clock = frame.clock();
        appendBytes(messages, encode(*m_clock));
    }
    if (Names names = namesOf(frame); names != m_names) {
        m_names = std::move(names);
        appendBytes(messages, encodeAll(m_names));
    }
    if (m_options.owners)
        appendBytes(messages, encodeAll(m_told.newsOf(frame)));
    if (!messages.empty())
        put(messages);
}

End StreamSender::endOf(const Frame& frame) const {
    const SampleSummary& summary = m_source->summary();
    const MachineState& machine = m_monitor->machineState();
    return {.started = summary.start,
            .taken = summary.end,
            .tickCertain = summary.tickCertain,
            .locked = summary.locked,
            .settled = m_monitor->settled(),
            .orphanPressure = machine.orphanPressure,
            .ticksLate = machine.ticksLate,
            .notes = summary.notes,
            .own = m_monitor->ownCookies(),
            .stopped = stoppedOwners(frame)};
}

} // namespace halfopen::stream
