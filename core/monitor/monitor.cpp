// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/monitor.h"

#include "core/grades/grader.h"
#include "core/history/dead_connections.h"
#include "core/history/recorder.h"
#include "core/kernel/diag/destroy_events.h"
#include "core/kernel/sysctl/sysctl_reader.h"
#include "core/kernel/tick/phase_calibration.h"
#include "core/kernel/tick/tick_source.h"
#include "core/monitor/process_lookup.h"
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

/// Who keeps the kernel from telling tcp_info.
std::string lockedNote(const Frame& frame) {
    const Row* row = frame.find(*frame.locked);
    if (!row)
        return "A socket is locked by its program, which waits in a system call: until it goes on, the kernel tells no "
               "details (tcp_info) of any connection.";
    std::string who = fmt::format("{:#x}", row->connection.cookie);
    for (const Owner& owner : frame.ownersOf(*row))
        who += fmt::format(", {} {}", owner.name, owner.pid);
    return fmt::format(
        "The socket {} - {} ({}) is locked by its program, which waits in a system call: until it goes on, "
        "the kernel tells no details (tcp_info) of any connection.",
        frame.localOf(*row), frame.remoteOf(*row), who);
}

} // namespace

Monitor::Monitor(std::unique_ptr<Source> source, Config config, std::unique_ptr<EventSource> events)
    : m_source(std::move(source))
    , m_config(std::move(config))
    , m_events(std::move(events))
    , m_origin(m_source->now())
    , m_contexts(m_config.userName)
    , m_told(m_source->machineFacts()) {
    if (m_told) {
        m_sysctls = m_told->sysctls;
        m_clock = m_told->clock;
    }
    if (m_told && !m_source->live())
        return; // a recording
    if (m_source->live())
        m_grader = std::make_unique<Grader>(versions());
    if (m_config.owners)
        m_lookup = std::make_unique<ProcessLookup>(
            m_config.options, ScanPace{},
            std::unordered_set<std::uint64_t>(m_config.only.begin(), m_config.only.end()));
    if (m_config.history && m_source->live())
        openHistory();
    m_paths = m_source->paths();
    if (m_told)
        return;
    m_clock = readTickClock();
    if (!m_clock.phaseKnown() && m_config.calibrate)
        m_calibration = std::make_unique<PhaseCalibration>(m_clock.hz);
}

Monitor::~Monitor() = default;

void Monitor::openHistory() {
    if (!m_events) {
        auto opened = DestroyEvents::open();
        if (opened)
            m_events = std::move(*opened);
        else
            m_noEvents = opened.error().message;
    }
    m_recorder = std::make_unique<Recorder>(m_events != nullptr, m_grader.get());
}

void Monitor::takeEvents() {
    if (!m_recorder || !m_events)
        return;
    m_drained.clear();
    const EventDrain drained = m_events->drain(m_drained);
    const std::uint64_t lost = std::uint64_t{drained.lost} + drained.damaged;
    m_recorder->add(m_drained, lost);
    m_config.history->addLostEvents(lost);
}

int Monitor::eventDescriptor() const {
    return m_recorder && m_events ? m_events->descriptor() : -1;
}

void Monitor::note(const CloseNote& close) {
    if (!m_recorder)
        return;
    std::vector<std::uint64_t> cookies;
    for (const SocketKey& key : close.sockets)
        cookies.push_back(key.cookie);
    m_recorder->noteClose(close.step, cookies);
}

void Monitor::take(const Order& order) {
    if (const auto* close = std::get_if<CloseNote>(&order))
        note(*close);
    else if (const auto* given = std::get_if<ReadingsOrder>(&order); given && m_lookup)
        m_lookup->addReadings(given->readings);
}

/// What ended since the last frame becomes known with this one.
void Monitor::record(const FrameBuilder& builder, Frame& frame) {
    if (!m_recorder)
        return dropPromises(builder);
    frame.eventsLost = m_recorder->eventsLost();
    frame.endings = m_config.history->add(m_recorder->advance(
        {.before = m_last.get(), .now = &frame, .vanished = builder.vanished(), .released = builder.released()}));
    m_recorder->published(frame.endings);
}

/// Where nobody records how connections end, what was promised of them is not graded.
void Monitor::dropPromises(const FrameBuilder& builder) {
    for (const std::uint32_t index : builder.vanished())
        m_grader->leave(m_last->rows[index]);
}

void Monitor::addDead(Frame& frame) {
    std::vector<EndedConnectionPtr> seen;
    if (m_recorder)
        seen = m_recorder->dead();
    if (!m_lookup) {
        frame.dead = std::move(seen);
        return;
    }
    if (!m_dead)
        m_dead = std::make_unique<DeadConnections>(m_config.history, frame.inView().netns);
    frame.dead = m_dead->join(seen, m_lookup->dead());
}

void Monitor::readMachine() {
    if (m_told)
        m_told = m_source->machineFacts();
    takeSettings(m_told ? m_told->sysctls : readTcpSysctls());
    if (m_told)
        m_clock = m_told->clock;
    else
        readTick();
}

/// A changed setting changes the effective value of every option that nobody had set: they are read again.
void Monitor::takeSettings(const TcpSysctls& now) {
    if (now == m_sysctls)
        return;
    if (m_lookup)
        m_lookup->forgetOptions(m_sysctls, now);
    m_sysctls = now;
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
    FrameBuilder::Context context{.netns = m_contexts.begin(m_sysctls, m_clock),
                                  .query = query,
                                  .now = m_source->now(),
                                  .origin = m_origin,
                                  .grader = m_grader.get(),
                                  .frame = m_frames.take()};
    if (looksUp(query))
        context.lookup = m_lookup.get();
    if (m_source->live()) {
        context.flights = &m_flights;
        context.machine = m_told ? m_told->state
                                 : m_machine.look(query.hidden ? query.interval * kHiddenFactor : query.interval,
                                                  std::chrono::nanoseconds(m_clock.tickNanos()));
    }
    if (m_paths)
        m_paths->beginSample();
    context.paths = m_paths.get();
    context.source = m_source.get();
    if (m_recorder)
        context.freed = m_recorder->freedBefore(context.now);
    if (m_calibration) {
        context.ownCookies.insert(m_calibration->cookies().begin(), m_calibration->cookies().end());
        for (const std::uint64_t cookie : context.ownCookies)
            if (m_recorder)
                m_recorder->ignore(cookie);
    }
    return context;
}

/// What a missing right leaves unknown, said once for the whole frame.
void Monitor::addNotes(Frame& frame) const {
    if (frame.locked)
        frame.notes.insert(frame.notes.begin(), lockedNote(frame));
    const auto says = [&](auto isSo) {
        return m_lookup && std::ranges::any_of(frame.rows, [&](const Row& row) { return isSo(row.ownerUnknown); });
    };
    if (says([](OwnerUnknown why) { return why == OwnerUnknown::OtherUser; }))
        frame.notes.emplace_back("Some sockets are held by other users: only an administrator can read by which "
                                 "processes, and with which options.");
    for (const auto why : {OwnerUnknown::NoFiles, OwnerUnknown::NoProc, OwnerUnknown::ProcHidden,
                           OwnerUnknown::NoCapability, OwnerUnknown::Denied, OwnerUnknown::UnmappedUser})
        if (says([why](OwnerUnknown one) { return one == why; }))
            frame.notes.push_back(fmt::format("Some sockets are told without their processes. {}", explain(why)));
    const auto isProtected = [](const Row& row) { return row.unread == ReadRefusal::Yama; };
    if (m_lookup && std::ranges::any_of(frame.rows, isProtected))
        frame.notes.emplace_back(toString(ReadRefusal::Yama));
    if (m_sysctls.unread != 0)
        frame.notes.push_back(fmt::format("Some settings could not be read, so the kernel's default is assumed: {}.",
                                          unreadNames(m_sysctls)));
    if (!m_noEvents.empty())
        frame.notes.push_back(m_noEvents);
    if (m_clock.phaseKnown())
        return;
    const bool measuring = m_calibration && m_calibration->running();
    frame.notes.emplace_back(
        measuring ? "The kernel's tick is being measured; until then moments are told as earliest to latest."
                  : "The kernel's tick is not known: moments are told as earliest to latest.");
}

FramePtr Monitor::sample(const Query& query) {
    const MonotonicTime start = MonotonicClock::now();
    const bool live = m_source->live();
    if (live) {
        readMachine();
        takeEvents();
    }
    FrameBuilder::Context told = context(query);
    if (told.lookup)
        told.lookup->beginSample(query.selected.cookie);
    if (m_grader)
        m_grader->beginSample(m_sysctls, m_clock, m_origin);
    FrameBuilder builder(m_last, std::move(told));
    const auto summary = m_source->sample({.congestion = m_config.congestion || bool(query.selected),
                                           .detailCookie = query.selected.cookie,
                                           .clock = m_clock},
                                          builder);
    auto frame = summary ? builder.finish(*summary) : builder.finishFailed(summary.error());
    frame->sequence = ++m_sequence;
    frame->live = live;
    if (!summary) {
        arrange(*frame);
        return frame;
    }
    if (m_lookup)
        frame->owners = m_lookup->owners();
    if (live) {
        frame->namespaces = {m_contexts.finish(frame->namespaces[frame->inViewIndex], builder.users(),
                                               builder.interfaces(), m_told ? &*m_told : nullptr)};
        if (m_told)
            OutsideFacts::addTo(*frame, m_told->stopped);
        else
            m_outside.addTo(*frame, m_looksOnce ? OutsideFacts::Look::All : OutsideFacts::Look::Some);
        record(builder, *frame);
        frame->forecasts = m_grader->totals();
        frame->brokenPromises = m_grader->allBroken();
        addDead(*frame);
        addNotes(*frame);
    }
    arrange(*frame);
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
    m_contexts.waitForNames(std::min<std::chrono::nanoseconds>(timeLimit, kNamesWithin));
    m_looksOnce = true;
    FramePtr frame = sample(query);
    const MonotonicTime until = MonotonicClock::now() + timeLimit;
    if (m_lookup)
        m_lookup->setThreads(std::clamp(std::thread::hardware_concurrency(), 1U, kMostThreads));
    for (int round = 0; round < kRounds && !frame->error && !settled() && MonotonicClock::now() < until; ++round) {
        while (!settled() && MonotonicClock::now() < until)
            lookUp(until - MonotonicClock::now());
        frame = sample(query);
    }
    if (m_lookup)
        m_lookup->setThreads(1);
    m_looksOnce = false;
    return frame;
}

} // namespace halfopen
