// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/monitor.h"

#include "core/grades/grader.h"
#include "core/history/dead_connections.h"
#include "core/kernel/bpf/holder_pass.h"
#include "core/kernel/cpu_time.h"
#include "core/kernel/process/host_name_lookup.h"
#include "core/kernel/tick/phase_calibration.h"
#include "core/kernel/tick/tick_source.h"
#include "core/model/settings.h"
#include "core/monitor/all_netns.h"
#include "core/monitor/process_lookup.h"
#include "core/query/filter.h"
#include "core/query/order.h"
#include "core/query/push_down.h"

#include "halfopen_version.h"
#include <fmt/format.h>

#include <sys/utsname.h>

#include <algorithm>
#include <cerrno>
#include <thread>
#include <utility>

namespace halfopen {

namespace {

// A program that looks once would else never show a name; one whose directory is away shows numbers.
constexpr std::chrono::milliseconds kNamesWithin{300};
// For whoever looks once; more would wait for the kernel's locks.
constexpr unsigned kMostThreads = 4;
// For opening namespaces that have come, between two samples of what a person looks at.
constexpr std::chrono::milliseconds kOpenWithin{30};
constexpr int kTickReadings = 8; ///< samples that correct what the first reading of the jiffies may have missed

// Where the clocks tell less.
constexpr std::chrono::microseconds kLeastCost{50};

/// Not the time that others took in between.
std::chrono::nanoseconds cpuTimeFor(const Source& source) {
    return threadCpuTime() + source.helpersTime();
}

ReportVersions versions() {
    utsname names{};
    return {uname(&names) == 0 ? names.release : "", kVersion};
}

WatchedNetns ownNetns(std::unique_ptr<Source> source, std::unique_ptr<EventSource> events) {
    const std::uint64_t cookie = source->live() ? ownNetnsCookie() : 0;
    return {.source = std::move(source), .events = std::move(events), .access = ownNetnsAccess(), .cookie = cookie};
}

} // namespace

Monitor::Monitor(std::unique_ptr<Source> source, Config config, std::unique_ptr<EventSource> events)
    : Monitor(ownNetns(std::move(source), std::move(events)), std::move(config)) {}

Monitor::Monitor(WatchedNetns first, Config config)
    : m_config(std::move(config))
    , m_live(first.source->live())
    , m_origin(first.source->now())
    , m_host(m_config.userName)
    , m_activity(m_origin)
    , m_recorded(first.source->machineFacts()) {
    if (m_recorded)
        m_clock = m_recorded->clock;
    const bool isRecording = m_recorded && !m_live;
    if (m_live)
        m_grader = std::make_unique<Grader>(versions());
    if (m_config.owners && !isRecording)
        m_lookup = std::make_unique<ProcessLookup>(
            m_config.options, ScanPace{}, std::unordered_set<std::uint64_t>(m_config.only.begin(), m_config.only.end()),
            m_config.leavesOut ? OwnerScan::Dead::NotLookedFor : OwnerScan::Dead::LookedFor);
    if (m_lookup && first.tier != NetnsTier::Own)
        m_lookup->lookForDeadIn(first.access ? first.access->inode() : 0);
    if (m_lookup && m_config.exact)
        m_lookup->setHolders(std::make_shared<HolderPass>(m_config.exact));
    watch(std::move(first));
    if (m_config.others != Others::None && m_live)
        m_all = std::make_unique<AllNetns>(*this);
    if (m_recorded)
        return;
    m_clock = readTickClock();
    if (!m_clock.phaseKnown() && m_config.calibrate)
        m_calibration = std::make_unique<PhaseCalibration>(m_clock.hz);
}

Monitor::~Monitor() = default;

/// A place that no row of the last frame is of.
std::uint16_t Monitor::freePlace() const {
    const auto isFree = [this](std::size_t place) {
        return !m_watches[place] && (!m_last || std::ranges::none_of(m_last->rows, [place](const Row& row) {
            return row.connection.netnsIndex == place;
        }));
    };
    std::size_t place = 0;
    while (place < m_watches.size() && !isFree(place))
        ++place;
    return static_cast<std::uint16_t>(place);
}

std::uint16_t Monitor::watch(WatchedNetns netns) {
    const bool records = m_config.history && m_live;
    if (records)
        openEvents(netns);
    const std::uint16_t place = freePlace();
    auto watch = std::make_unique<NetnsWatch>(std::move(netns), place, m_nextNumber++);
    if (records)
        watch->openRecorder(m_grader.get());
    if (place == m_watches.size())
        m_watches.emplace_back();
    m_watches[place] = std::move(watch);
    if (place > 0)
        pollFor(*m_watches[place]);
    return place;
}

void Monitor::unwatch(std::uint16_t index) {
    m_gone.push_back(std::move(m_watches[index]));
}

void Monitor::take(const Order& order) {
    if (const auto* close = std::get_if<CloseNote>(&order))
        note(*close);
    else if (const auto* given = std::get_if<ReadingsOrder>(&order); given && m_lookup)
        for (const auto& watch : m_watches)
            if (watch && watch->isOf(given->netns, given->host))
                m_lookup->addReadings(watch->index(), given->readings);
}

void Monitor::readMachine() {
    if (m_recorded)
        m_recorded = first().source().machineFacts();
    if (m_recorded)
        m_clock = m_recorded->clock;
    else
        readTick();
}

/// A changed setting changes the effective value of every option that nobody had set: they are read again.
void Monitor::readSettings(NetnsWatch& watch) {
    const auto began = threadCpuTime();
    const auto before = watch.readSettings(MonotonicClock::now(), watch.index() == m_view.index);
    if (before && m_lookup)
        m_lookup->forgetOptions(watch.index(), *before, watch.sysctls());
    watch.settingsCost = threadCpuTime() - began;
}

void Monitor::readTick() {
    if (!m_calibration && m_clock.phaseKnown() && m_tickReadings < kTickReadings) {
        ++m_tickReadings;
        m_clock.offset = std::max(m_clock.offset, readJiffiesOffset(m_clock.hz));
    }
    if (!m_calibration || !m_calibration->running())
        return;
    m_calibration->poll();
    if (const auto clock = m_calibration->clock())
        m_clock = *clock;
}

FrameBuilder::Context Monitor::context(const Query& query) {
    m_hostContext = m_host.begin(m_clock);
    FrameBuilder::Context context{.query = query,
                                  .view = m_view,
                                  .now = first().source().now(),
                                  .origin = m_origin,
                                  .grader = m_grader.get(),
                                  .frame = m_frames.take()};
    if (looksUp(query))
        context.lookup = m_lookup.get();
    if (m_live)
        context.machine = m_recorded ? m_recorded->state
                                     : m_machine.look(query.hidden ? query.interval * kHiddenFactor : query.interval,
                                                      std::chrono::nanoseconds(m_clock.tickNanos()));
    return context;
}

/// The connection of the calibration is in no list and in no history.
std::unordered_set<std::uint64_t> Monitor::leaveOutCalibration() {
    const auto& cookies = m_calibration->cookies();
    if (Recorder* const recorder = first().recorder())
        for (const std::uint64_t cookie : cookies)
            recorder->ignore(cookie);
    return {cookies.begin(), cookies.end()};
}

void Monitor::lookAround(MonotonicTime now) {
    if (!m_all || (m_config.others == Others::Later && !m_last))
        return;
    const bool waits = m_looksOnce || m_config.others == Others::AtOnce;
    m_all->look(now, waits ? std::chrono::nanoseconds::max() : kOpenWithin,
                m_looksOnce ? NetnsFinder::Depth::Descriptors : NetnsFinder::Depth::Quick);
}

void Monitor::chooseView(const Query& query) {
    m_view = {.index = 0, .all = query.netns == kEveryNetns || namesNetns(filterOf(query))};
    // Also where a filter looks into all of them: what is told of one, as its settings, is told of the chosen one.
    for (const auto& watch : m_watches)
        if (watch && watch->number() == query.netns)
            m_view.index = watch->index();
}

/// The one in view with every sample; of the others those that have waited longest, as many as fit into a twentieth of
/// the interval. What alone takes longer than that has its turn after twenty times as long.
void Monitor::chooseNetns(const Query& query) {
    constexpr int kPart = 20;
    std::vector<NetnsWatch*> others;
    for (const auto& watch : m_watches) {
        if (!watch)
            continue;
        watch->isSampled = watch->index() == m_view.index;
        if (!watch->isSampled)
            others.push_back(watch.get());
    }
    std::ranges::sort(others, {}, &NetnsWatch::chosen);
    const MonotonicTime now = MonotonicClock::now();
    const std::chrono::nanoseconds share = query.interval / kPart;
    std::chrono::nanoseconds left = share;
    for (NetnsWatch* const watch : others) {
        const bool alone = watch->cost > share && left == share && now - watch->chosen >= watch->cost * kPart;
        watch->isSampled = m_looksOnce || alone || watch->cost <= left;
        if (!watch->isSampled)
            continue;
        left -= watch->cost;
        watch->chosen = now;
    }
    for (const auto& watch : m_watches)
        if (m_live && watch && watch->isSampled)
            readSettings(*watch);
}

/// One namespace's part of the frame.
Result<void> Monitor::sampleNetns(NetnsWatch& watch, FrameBuilder& builder, const Query& query) {
    const auto before = cpuTimeFor(watch.source());
    FrameBuilder::NetnsPass pass = watch.beginSample(m_hostContext, watch.source().now());
    if (m_calibration && watch.index() == 0)
        pass.ownCookies = leaveOutCalibration();
    builder.beginNetns(std::move(pass));
    const SocketFilter only = m_config.leavesOut ? pushDownOf(filterOf(query)) : SocketFilter();
    const auto summary = watch.source().sample({.only = only,
                                                .congestion = m_config.congestion || bool(query.selected),
                                                .detailCookie = isSelectedIn(watch, query) ? query.selected.cookie : 0,
                                                .clock = m_clock},
                                               builder);
    watch.error = summary ? std::nullopt : std::optional(summary.error());
    if (!summary)
        return tl::unexpected(summary.error());
    builder.endNetns(*summary);
    if (m_live)
        watch.nameInterfaces(builder.interfaces());
    // The helper may have been replaced meanwhile.
    const auto cost = cpuTimeFor(watch.source()) - before + watch.settingsCost;
    watch.cost = std::max<std::chrono::nanoseconds>(cost, kLeastCost);
    return {};
}

/// The one in view first. @return why there is nothing to be shown: the first one could not be sampled
Result<void> Monitor::sampleAll(FrameBuilder& builder, const Query& query) {
    const auto sampled = sampleNetns(inView(), builder, query);
    if (!sampled && m_view.index == 0)
        return sampled;
    if (!sampled) {
        inView().isSampled = false;
        builder.carryNetns(m_view.index, inView().carried(m_hostContext));
    }
    sampleOthers(builder, query);
    return {};
}

void Monitor::sampleOthers(FrameBuilder& builder, const Query& query) {
    for (const auto& watch : m_watches) {
        if (!watch || watch->index() == m_view.index)
            continue;
        if (watch->isSampled)
            watch->isSampled = sampleNetns(*watch, builder, query).has_value();
        if (!watch->isSampled)
            builder.carryNetns(watch->index(), watch->carried(m_hostContext));
    }
}

/// What a live machine tells beside its samples.
void Monitor::finishLive(const FrameBuilder& builder, Frame& frame) {
    const HostContextPtr host = m_host.finish(builder.users(), m_recorded ? &*m_recorded : nullptr);
    for (const auto& watch : m_watches)
        if (watch && watch->index() < frame.namespaces.size())
            frame.namespaces[watch->index()] = watch->finishSample(frame.namespaces[watch->index()], host);
    if (m_recorded)
        OutsideFacts::addTo(frame, m_recorded->stopped);
    else
        m_outside.addTo(frame, m_looksOnce ? OutsideFacts::Look::All : OutsideFacts::Look::Some);
    if (!m_recorded && m_config.owners)
        frame.units = m_cgroups.find(builder.cgroups(), frame.taken);
    record(builder, frame);
    frame.forecasts = m_grader->totals();
    frame.brokenPromises = m_grader->allBroken();
    addDead(frame);
    addNotes(frame);
}

/// What no sample tells and the filter asks for.
void Monitor::askKernel(Frame& frame, const Filter& filter) {
    frame.kernelAnswers.clear();
    for (const KernelQuestion& question : filter.questions()) {
        KernelAnswer whole{.question = question, .sockets = {}};
        for (const auto& watch : m_watches) {
            const bool asks =
                watch && (watch->index() == 0 || (watch->isSampled && watch->netns().tier != NetnsTier::Public));
            if (!asks)
                continue;
            const auto answer = watch->source().answer(question);
            if (!answer) {
                whole.error = answer.error();
                break;
            }
            for (const RowKey& socket : answer->sockets)
                whole.sockets.push_back({socket.cookie, watch->index()});
            whole.ports = watch->index() == 0 ? answer->ports : whole.ports;
        }
        std::ranges::sort(whole.sockets);
        if (whole.error && question.fact != KernelFact::Autobound)
            frame.notes.push_back(whole.error->sentence);
        frame.kernelAnswers.push_back(std::move(whole));
    }
}

FramePtr Monitor::sample(const Query& query) {
    const MonotonicTime start = MonotonicClock::now();
    if (m_live) {
        readMachine();
        takeEvents();
    }
    lookAround(start);
    chooseView(query);
    chooseNetns(query);
    FrameBuilder::Context told = context(query);
    if (told.lookup)
        told.lookup->beginSample(selectedRow(query));
    FrameBuilder builder(m_last, std::move(told));
    const auto sampled = sampleAll(builder, query);
    auto frame = sampled ? builder.finish() : builder.finishFailed(sampled.error());
    frame->sequence = ++m_sequence;
    frame->live = m_live;
    if (!sampled) {
        arrange(*frame);
        return frame;
    }
    if (m_lookup)
        frame->owners = m_lookup->owners();
    if (m_live)
        finishLive(builder, *frame);
    addActivity(builder, *frame);
    askKernel(*frame, filterOf(query));
    addHostNames(*frame);
    arrange(*frame);
    addSelected(*frame);
    frame->cost = std::chrono::duration_cast<std::chrono::microseconds>(MonotonicClock::now() - start);
    m_last = frame;
    return frame;
}

bool Monitor::lookUp(std::chrono::nanoseconds budget) {
    return m_lookup && m_last && looksUp(m_last->query) && m_lookup->work(MonotonicClock::now() + budget);
}

bool Monitor::settled() const {
    return !m_lookup || !m_last || !looksUp(m_last->query) || m_lookup->settled(MonotonicClock::now());
}

bool Monitor::idle() const {
    return !m_lookup || !m_last || !looksUp(m_last->query) || m_lookup->idle(MonotonicClock::now());
}

FramePtr Monitor::sampleSettled(const Query& query, std::chrono::nanoseconds timeLimit) {
    constexpr int kRounds = 3; // owners first, then the options of what they hold, then what came up in between
    m_host.waitForNames(std::min<std::chrono::nanoseconds>(timeLimit, kNamesWithin));
    m_looksOnce = true;
    if (m_lookup && m_live && query.owners)
        m_lookup->findAllOwners();
    FramePtr frame = sample(query);
    const MonotonicTime until = MonotonicClock::now() + timeLimit;
    if (m_lookup)
        m_lookup->setThreads(std::clamp(std::thread::hardware_concurrency(), 1U, kMostThreads));
    for (int round = 0; round < kRounds && !frame->error && !settled() && MonotonicClock::now() < until; ++round) {
        while (!settled() && MonotonicClock::now() < until)
            lookUp(until - MonotonicClock::now());
        frame = sample(query);
    }
    if (m_names && !frame->error && m_names->waitFor(until - MonotonicClock::now()))
        frame = sample(query);
    if (m_lookup)
        m_lookup->setThreads(1);
    m_looksOnce = false;
    return frame;
}

} // namespace halfopen
