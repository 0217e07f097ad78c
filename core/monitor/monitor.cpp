// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/monitor.h"

#include "core/grades/grader.h"
#include "core/history/dead_connections.h"
#include "core/kernel/bpf/owner_iterator.h"
#include "core/kernel/process/host_name_lookup.h"
#include "core/kernel/tick/phase_calibration.h"
#include "core/kernel/tick/tick_source.h"
#include "core/monitor/all_netns.h"
#include "core/monitor/process_lookup.h"
#include "core/query/filter.h"
#include "core/query/order.h"

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
constexpr int kTickReadings = 8; ///< samples that correct what the first reading of the jiffies may have missed

ReportVersions versions() {
    utsname names{};
    return {uname(&names) == 0 ? names.release : "", kVersion};
}

/// @param units  of the same machine, to which these are added
CgroupUnitsPtr unitsOf(const MachineFacts& recorded, CgroupUnits units = {}) {
    for (const auto& [group, unit] : recorded.units)
        units.emplace(group, std::make_shared<const ProcessUnit>(unit));
    return std::make_shared<const CgroupUnits>(std::move(units));
}

} // namespace

WatchedNetns ownNetns(std::unique_ptr<Source> source, std::unique_ptr<EventSource> events) {
    const std::uint64_t cookie = source->live() ? ownNetnsCookie() : 0;
    return {.source = std::move(source), .events = std::move(events), .access = ownNetnsAccess(), .cookie = cookie};
}

Monitor::Monitor(std::unique_ptr<Source> source, Config config, std::unique_ptr<EventSource> events)
    : Monitor(ownNetns(std::move(source), std::move(events)), std::move(config)) {}

Monitor::Monitor(WatchedNetns first, Config config)
    : m_config(std::move(config))
    , m_live(first.source->live())
    , m_origin(first.source->now())
    , m_host(m_config.userName)
    , m_activity(m_origin)
    , m_recorded(first.source->machineFacts()) {
    if (m_recorded) {
        m_clock = m_recorded->clock;
        m_recordedUnits = unitsOf(*m_recorded);
    }
    const bool isRecording = m_recorded && !m_live;
    if (m_live)
        m_grader = std::make_unique<Grader>(versions());
    if (m_config.owners && !isRecording)
        m_lookup = std::make_unique<ProcessLookup>(
            m_config.options, ScanPace{}, std::unordered_set<std::uint64_t>(m_config.only.begin(), m_config.only.end()),
            m_config.leavesOut ? OwnerScan::Dead::NotLookedFor : OwnerScan::Dead::LookedFor);
    if (m_lookup && m_recorded && m_recorded->host != 0)
        m_lookup->beTold();
    if (m_lookup && first.tier != NetnsTier::Own)
        m_lookup->lookForDeadIn(first.access ? first.access->inode() : 0, first.cookie);
    if (m_lookup && m_config.exact)
        m_lookup->setSocketOwners(std::make_shared<OwnerIterator>(m_config.exact));
    auto others = first.source->takeOthers();
    watch(std::move(first));
    for (auto& other : others) {
        if (const auto facts = other->machineFacts(); facts && m_recordedUnits)
            m_recordedUnits = unitsOf(*facts, *m_recordedUnits);
        watch({.source = std::move(other)});
    }
    if (m_config.others != Others::None && m_live)
        m_all = std::make_unique<AllNetns>(*this, m_config.mostOthers);
    if (m_recorded)
        return;
    m_clock = readTickClock();
    if (!m_clock.phaseKnown() && m_config.calibrate)
        m_calibration = std::make_unique<PhaseCalibration>(m_clock.hz);
}

Monitor::~Monitor() = default;

void Monitor::take(const Order& order) {
    if (const auto* close = std::get_if<CloseNote>(&order))
        note(*close);
    else if (const auto* given = std::get_if<ReadingsOrder>(&order); given && m_lookup)
        for (const auto& watch : m_watches)
            if (watch && watch->isOf(given->netns, given->host))
                m_lookup->addReadings(watch->index(), given->readings);
    if (const auto* exact = std::get_if<ExactOpened>(&order))
        lookExactly(exact->programs);
    if (const auto* opened = std::get_if<NetnsOpened>(&order); opened && m_all)
        m_all->open(*opened);
    if (const auto* settings = std::get_if<NetnsSettings>(&order))
        for (const auto& watch : m_watches)
            if (watch && watch->netns().settings && watch->netns().cookie == settings->cookie)
                watch->giveSettings(settings->settings);
}

/// This machine alone, and of its namespaces those that this process may be in.
void Monitor::lookExactly(const ExactProgramsPtr& programs) {
    if (!m_live || m_recorded)
        return;
    m_config.exact = programs;
    if (m_lookup)
        m_lookup->setSocketOwners(std::make_shared<OwnerIterator>(programs));
    for (const auto& watch : m_watches)
        if (watch)
            watch->lookExactly(programs,
                               m_all && watch->index() != 0 ? m_all->reader() : std::make_shared<DumpReader>());
    listenExactly();
}

/// Another boot of another machine is another machine: of its rows before, none has become one of its rows now.
void Monitor::readMachine() {
    if (!m_recorded)
        return readTick();
    const std::uint32_t before = m_recorded->host;
    m_recorded = first().source().machineFacts();
    m_clock = m_recorded->clock;
    if (m_recorded->host == before)
        return;
    m_origin = first().source().now();
    m_anew.push_back(0);
    if (m_lookup)
        m_lookup->beTold();
}

/// What another machine has found out about its sockets.
void Monitor::readTold() {
    for (const auto& watch : m_watches)
        if (auto told = watch ? watch->source().takeTold() : std::vector<ToldSocket>(); m_lookup && !told.empty())
            m_lookup->addTold(watch->index(), std::move(told));
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

/// A reading like any other, and better than what the calibration has found so far.
void Monitor::takeOffset(std::int64_t offset) {
    if (m_tickReadings >= kTickReadings)
        return;
    if (m_calibration && m_calibration->running()) {
        m_calibration->close();
        m_clock.offset.reset();
    }
    ++m_tickReadings;
    m_clock.offset = std::max(m_clock.offset, std::optional(offset));
}

FrameBuilder::Context Monitor::context(const Query& query) {
    m_hostContext = m_host.begin(m_clock, m_recorded ? &*m_recorded : nullptr);
    FrameBuilder::Context context{.query = query,
                                  .view = m_view,
                                  .now = first().source().now(),
                                  .origin = m_origin,
                                  .grader = m_grader.get(),
                                  .frame = m_frames.take()};
    if (looksUp(query))
        context.lookup = m_lookup.get();
    if (m_live)
        m_state = m_recorded ? m_recorded->state
                             : m_machine.look(query.hidden ? query.interval * kHiddenFactor : query.interval,
                                              std::chrono::nanoseconds(m_clock.tickNanos()));
    context.machine = m_state;
    return context;
}

/// What a live machine tells beside its samples.
void Monitor::finishLive(const FrameBuilder& builder, Frame& frame) {
    const HostContextPtr host = m_host.finish(builder.names().users, m_recorded ? &*m_recorded : nullptr);
    for (const auto& watch : m_watches)
        if (watch && watch->index() < frame.namespaces.size())
            frame.namespaces[watch->index()] = watch->finishSample(frame.namespaces[watch->index()], host);
    if (m_recorded)
        OutsideFacts::addTo(frame, m_recorded->stopped);
    else
        m_outside.addTo(frame, m_looksOnce ? OutsideFacts::Look::All : OutsideFacts::Look::Some);
    if (m_recorded && !m_recorded->units.empty())
        frame.units = unitsOf(*m_recorded);
    if (!m_recorded && m_config.owners)
        frame.units = m_cgroups.find(builder.names().cgroups, frame.taken);
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
    if (m_live)
        first().source().prepare(); // which may wait for another machine
    const MonotonicTime start = MonotonicClock::now();
    if (m_live) {
        readMachine();
        readTold();
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
    frame->oneLook = m_looksOnce;
    frame->live = m_live;
    if (!sampled) {
        arrange(*frame);
        return frame;
    }
    if (m_lookup)
        frame->owners = m_lookup->owners();
    if (m_live)
        finishLive(builder, *frame);
    else
        frame->units = m_recordedUnits;
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

std::chrono::nanoseconds Monitor::helpersTime() const {
    std::chrono::nanoseconds taken{};
    for (const auto& watch : m_watches)
        if (watch)
            taken += watch->source().helpersTime();
    return taken;
}

FramePtr Monitor::sampleSettled(const Query& query, std::chrono::nanoseconds timeLimit) {
    constexpr int kRounds = 3; // owners first, then the options of what they hold, then what came up in between
    m_host.waitForNames(std::min<std::chrono::nanoseconds>(timeLimit, kNamesWithin));
    m_looksOnce = true;
    if (m_lookup && m_live && query.owners && m_config.only.empty())
        m_lookup->findAllOwners();
    FramePtr frame = sample(query);
    if (m_clock.phaseKnown() && !frame->error && !frame->clock().phaseKnown()) // its own records have told the tick
        frame = sample(query);
    const MonotonicTime until = MonotonicClock::now() + timeLimit;
    if (m_lookup)
        m_lookup->setThreads(std::clamp(std::thread::hardware_concurrency(), 1U, kMostThreads));
    for (int round = 0; round < kRounds && !frame->error && !settled() && MonotonicClock::now() < until; ++round) {
        while (!settled() && MonotonicClock::now() < until)
            lookUp(until - MonotonicClock::now());
        frame = sample(query);
    }
    while (!frame->error && !first().source().settled() && MonotonicClock::now() < until)
        frame = sample(query); // waits for what another machine tells next
    if (m_names && !frame->error && m_names->waitFor(until - MonotonicClock::now()))
        frame = sample(query);
    if (m_lookup)
        m_lookup->setThreads(1);
    m_looksOnce = false;
    return frame;
}

} // namespace halfopen
