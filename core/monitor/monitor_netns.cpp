// SPDX-License-Identifier: GPL-3.0-or-later
// The namespaces that a monitor looks at: which there are, whose turn it is, and the sample of each.
#include "core/kernel/cpu_time.h"
#include "core/kernel/tick/phase_calibration.h"
#include "core/monitor/all_netns.h"
#include "core/monitor/monitor.h"
#include "core/monitor/process_lookup.h"
#include "core/query/filter.h"
#include "core/query/push_down.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace halfopen {

namespace {

// For opening namespaces that have come, between two samples of what a person looks at.
constexpr std::chrono::milliseconds kOpenWithin{30};
// Where the clocks tell less.
constexpr std::chrono::microseconds kLeastCost{50};

/// Not the time that others took in between.
std::chrono::nanoseconds cpuTimeFor(const Source& source) {
    return threadCpuTime() + source.helpersTime();
}

} // namespace

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

std::uint16_t Monitor::watch(WatchedNetns netns, std::uint32_t number) {
    const bool records = m_config.history && m_live;
    if (records)
        openEvents(netns);
    const std::uint16_t place = freePlace();
    auto watch = std::make_unique<NetnsWatch>(std::move(netns), place, number);
    if (records)
        watch->openRecorder(m_grader.get());
    if (place == m_watches.size())
        m_watches.emplace_back();
    m_watches[place] = std::move(watch);
    if (place > 0)
        pollFor(*m_watches[place]);
    return place;
}

std::uint16_t Monitor::watchAnew(std::uint16_t index, WatchedNetns netns) {
    const std::uint32_t number = m_watches[index]->number();
    m_watches[index].reset();
    m_anew.push_back(index);
    return watch(std::move(netns), number);
}

void Monitor::unwatch(std::uint16_t index) {
    m_gone.push_back(std::move(m_watches[index]));
}

std::vector<std::uint64_t> Monitor::ownCookies() const {
    return m_calibration ? m_calibration->cookies() : std::vector<std::uint64_t>{};
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
                m_looksOnce ? NetnsFinder::Depth::Descriptors : NetnsFinder::Depth::InTurn);
}

void Monitor::chooseView(const Query& query) {
    m_view = {.index = 0, .all = query.netns == kEveryNetns || namesNetns(filterOf(query))};
    // Also where a filter looks into all of them: what is told of one, as its settings, is told of the chosen one.
    for (const auto& watch : m_watches)
        if (watch && watch->number() == query.netns)
            m_view.index = watch->index();
}

/// The one in view with every sample; of the others those that have waited longest, as many as there is time for.
void Monitor::chooseNetns(const Query& query) {
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
    m_turns.save(now, query.interval);
    TurnBudget planned = m_turns;
    for (NetnsWatch* const watch : others) {
        if (m_live && !m_looksOnce && !planned.isSomeLeft())
            break;
        watch->isSampled = true;
        watch->chosen = now;
        planned.spend(watch->cost);
    }
    for (const auto& watch : m_watches)
        if (m_live && watch && watch->isSampled)
            readSettings(*watch);
}

/// A changed setting changes the effective value of every option that nobody had set: they are read again.
void Monitor::readSettings(NetnsWatch& watch) {
    const auto began = threadCpuTime();
    const auto before = watch.readSettings(MonotonicClock::now(), watch.index() == m_view.index);
    if (before && m_lookup)
        m_lookup->forgetOptions(watch.index(), *before, watch.sysctls());
    watch.settingsCost = threadCpuTime() - began;
}

/// One namespace's part of the frame.
Result<void> Monitor::sampleNetns(NetnsWatch& watch, FrameBuilder& builder, const Query& query) {
    if (watch.index() == 0 && m_config.keepers && !m_config.keepers->areThere(MonotonicClock::now()))
        return tl::unexpected(netnsLeft(watch.netns().name));
    const auto before = cpuTimeFor(watch.source());
    FrameBuilder::NetnsPass pass = watch.beginSample(m_hostContext, watch.source().now());
    if (m_calibration && watch.index() == 0)
        pass.ownCookies = leaveOutCalibration();
    builder.beginNetns(std::move(pass));
    const SocketFilter only = m_config.leavesOut ? pushDownOf(filterOf(query)) : SocketFilter();
    const auto summary = watch.source().sample({.only = only,
                                                .congestion = m_config.congestion || bool(query.selected),
                                                .toTheTick = m_looksOnce || watch.index() == m_view.index,
                                                .detailCookie = isSelectedIn(watch, query) ? query.selected.cookie : 0,
                                                .clock = m_clock},
                                               builder);
    watch.error = summary ? std::nullopt : std::optional(summary.error());
    if (!summary)
        return tl::unexpected(summary.error());
    builder.endNetns(*summary);
    if (summary->jiffiesOffset && m_live && !m_recorded)
        takeOffset(*summary->jiffiesOffset);
    if (m_live)
        watch.nameInterfaces(builder.names().interfaces);
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
    for (const std::uint16_t index : std::exchange(m_anew, {}))
        builder.leaveNetns(index);
    return {};
}

void Monitor::sampleOthers(FrameBuilder& builder, const Query& query) {
    for (const auto& watch : m_watches) {
        if (!watch || watch->index() == m_view.index)
            continue;
        if (watch->isSampled) {
            watch->isSampled = sampleNetns(*watch, builder, query).has_value();
            if (!m_looksOnce) // who looks once has asked for all of them
                m_turns.spend(watch->cost);
        }
        if (!watch->isSampled)
            builder.carryNetns(watch->index(), watch->carried(m_hostContext));
    }
}

} // namespace halfopen
