// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/history.h"
#include "core/kernel/bpf/end_ring.h"
#include "core/kernel/bpf/exact_programs.h"
#include "core/kernel/diag/event_source.h"
#include "core/kernel/diag/source.h"
#include "core/kernel/process/cgroup_names.h"
#include "core/kernel/process/machine_watch.h"
#include "core/kernel/process/users.h"
#include "core/model/close_step.h"
#include "core/model/destroy_event.h"
#include "core/model/frame.h"
#include "core/model/order.h"
#include "core/model/row_key.h"
#include "core/model/socket_results.h"
#include "core/monitor/activity_log.h"
#include "core/monitor/context_maker.h"
#include "core/monitor/facts.h"
#include "core/monitor/frame_builder.h"
#include "core/monitor/frame_pool.h"
#include "core/monitor/netns_keepers.h"
#include "core/monitor/netns_watch.h"
#include "core/monitor/turn_budget.h"

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

namespace halfopen {

/// The network namespace of the calling thread, or what a recording holds, as a Monitor looks at it.
/// @param events  where ends of sockets are told; null: the kernel, if there is a history
WatchedNetns ownNetns(std::unique_ptr<Source> source, std::unique_ptr<EventSource> events = nullptr);

/// How much longer the interval of a window is that nobody sees.
inline constexpr int kHiddenFactor = 10;

class AllNetns;
class Filter;
class Grader;
class HostNameLookup;
class DeadConnections;
class PhaseCalibration;

/// One sample after the other, on one thread: sources, sysctls, tick, options, owners, forecast, diff, filter and
/// order. The Sampler runs one on its thread; halfopenctl calls it directly.
///
/// Looks at one network namespace, or at several of one machine: at the one in view (the first, where all are) with
/// each sample, at the others in turn, as often as a twentieth of a core allows.
class Monitor {
public:
    /// Which others are looked at beside those that somebody named.
    enum class Others : std::uint8_t {
        None,
        AtOnce, ///< all network namespaces of the machine, as they come and go
        Later,  ///< the same, from the second sample on, and not all of them at one time: the first is there sooner
    };
    struct Config {
        bool owners = true;      ///< look up which processes hold a socket
        bool options = true;     ///< read the options of sockets that may be read
        bool congestion = false; ///< every sample tells the congestion control; else only one with a selected row
        bool calibrate = true;   ///< open a loopback connection of our own where the tick cannot be read otherwise
        /// The kernel leaves out what the filter does, for a program that looks once: only what is shown is right then.
        /// Dead connections are not looked for, which whoever has no whole dump takes for dead.
        bool leavesOut = false;
        /// Who keeps the first namespace, where it is another one: once nobody does, samples fail with NotFound, and
        /// whoever ends then lets it go. nullopt: nobody asks.
        std::optional<NetnsKeepers> keepers = std::nullopt;
        Others others = Others::None;
        std::size_t mostOthers = 1000;    ///< each takes some descriptors and a part of the time
        std::vector<std::uint64_t> only;  ///< cookies: look into these sockets and no other; empty: all
        ExactProgramsPtr exact = nullptr; ///< by which other namespaces and owners are looked at; null: without
        HistoryPtr history = nullptr;     ///< where records of ended connections go; null: none are made
        UserNames::LookUp userName = &halfopen::userName; ///< asked on other threads; names come when they come
    };
    /// @param events  where ends of sockets are told; null: the kernel, if there is a history
    Monitor(std::unique_ptr<Source> source, Config config, std::unique_ptr<EventSource> events = nullptr);
    /// @param first  the namespace in view; where its events are null, they are opened in it, if there is a history
    Monitor(WatchedNetns first, Config config);
    ~Monitor();

    /// Looks at another namespace as well, from the next sample on. @return its place in Frame::namespaces
    std::uint16_t watch(WatchedNetns netns) { return watch(std::move(netns), m_nextNumber++); }
    /// Looks at one of them in another way: it keeps its number, and its rows begin anew without having ended.
    /// @param index  its place, not 0. @return its new one
    std::uint16_t watchAnew(std::uint16_t index, WatchedNetns netns);
    /// What a person calls one of them and who is inside, once that is known or when it changes. @param index  its
    /// place
    void nameNetns(std::uint16_t index, const std::string& name, const NetnsInside& inside) {
        m_watches[index]->setName(name, inside);
    }
    /// Looks at it no longer: its connections have ended, and its place is given to another one when their rows are
    /// gone. @param index  not 0
    void unwatch(std::uint16_t index);

    /// The next frame. Never null: where the sample failed, Frame::error says why, and the rows are those of the last
    /// sample that worked (Frame::taken), if there is one.
    FramePtr sample(const Query& query);

    /// What a person does: readings are shown by the next frame and kept up from then on as what is read here (see
    /// ProcessLookup::addReadings()); records of what was closed by Halfopen will say so. A Query is for sample().
    void take(const Order& order);

    /// Looks further into owners and options that the last frame left open, for about `budget`.
    /// @return true when something was learnt that the next sample will show
    bool lookUp(std::chrono::nanoseconds budget);
    /// Nothing is left to look into for the first time.
    bool settled() const;
    /// And nothing is left to be read again: lookUp() would do nothing.
    bool idle() const;
    /// CPU time that other processes have taken for its samples so far (Source::helpersTime()).
    std::chrono::nanoseconds helpersTime() const;
    /// CPU time that turns of namespaces not in view have taken so far, that of other processes included.
    std::chrono::nanoseconds othersTime() const { return m_turns.spent(); }
    /// Samples and looks up until nothing is left open, but not longer than `time limit`; for programs that look
    /// once.
    FramePtr sampleSettled(const Query& query, std::chrono::nanoseconds timeLimit);

    /// Takes the destroy events that have come. To be called soon after eventDescriptor() is readable.
    void takeEvents();
    /// For poll(2); -1 where no ends are told.
    int eventDescriptor() const;
    /// Config::exact.
    const ExactProgramsPtr& exactPrograms() const { return m_config.exact; }
    /// What the last sample's forecasts were made with.
    const MachineState& machineState() const { return m_state; }
    /// Cookies of its own sockets (Config::calibrate), which no frame shows.
    std::vector<std::uint64_t> ownCookies() const;

private:
    void note(const CloseNote& close);
    void openEvents(WatchedNetns& netns);
    std::unique_ptr<EventSource> endsOf(const WatchedNetns& netns);
    void listenExactly();
    std::uint16_t watch(WatchedNetns netns, std::uint32_t number);
    std::uint16_t freePlace() const;
    void pollFor(const NetnsWatch& watch);
    void record(const FrameBuilder& builder, Frame& frame);
    std::vector<EndedConnectionPtr> recordNetns(NetnsWatch& watch, const FrameBuilder& builder, const Frame& frame);
    void addDead(Frame& frame);
    void addActivity(const FrameBuilder& builder, Frame& frame);
    void dropPromises(const FrameBuilder& builder);
    void askKernel(Frame& frame, const Filter& filter);
    void addHostNames(Frame& frame);
    void addSelected(Frame& frame) const;
    void addTracked(Frame& frame, const Row& row) const;
    static bool isSelectedIn(const NetnsWatch& watch, const Query& query);
    std::optional<RowKey> selectedRow(const Query& query) const;
    std::unordered_set<std::uint64_t> leaveOutCalibration();
    void readMachine();
    void readTold();
    void readSettings(NetnsWatch& watch);
    void readTick();
    void takeOffset(std::int64_t offset);
    void lookExactly(const ExactProgramsPtr& programs);
    FrameBuilder::Context context(const Query& query);
    void lookAround(MonotonicTime now);
    void chooseView(const Query& query);
    void chooseNetns(const Query& query);
    Result<void> sampleNetns(NetnsWatch& watch, FrameBuilder& builder, const Query& query);
    Result<void> sampleAll(FrameBuilder& builder, const Query& query);
    void sampleOthers(FrameBuilder& builder, const Query& query);
    void finishLive(const FrameBuilder& builder, Frame& frame);
    void addNotes(Frame& frame) const;
    void addNetnsNotes(Frame& frame) const;
    NetnsWatch& first() { return *m_watches.front(); }
    const NetnsWatch& first() const { return *m_watches.front(); }
    NetnsWatch& inView() { return *m_watches[m_view.index]; }
    bool looksUp(const Query& query) const { return m_live && m_config.owners && query.owners; }

    Config m_config;
    std::vector<std::unique_ptr<NetnsWatch>> m_watches; ///< by their place in frames; null: none is there (any more)
    std::vector<std::unique_ptr<NetnsWatch>> m_gone;    ///< to be recorded as ended with the next sample
    std::vector<std::uint16_t> m_anew; ///< places whose rows are of a look that another one has taken the place of
    std::uint32_t m_nextNumber = 0;    ///< NetnsContext::number
    FrameBuilder::View m_view;         ///< of the sample at hand
    TurnBudget m_turns;                ///< of those that are not in view
    UniqueFd m_poll;                   ///< epoll(7) of their events, where there are several
    bool m_live;
    std::unique_ptr<AllNetns> m_all; ///< null where only those are looked at that somebody named
    std::unique_ptr<ProcessLookup> m_lookup;
    std::unique_ptr<HostNameLookup> m_names;         ///< null until somebody asks for names
    bool m_asksAll = true;                           ///< some hosts were not asked for, since too many waited
    std::unique_ptr<PhaseCalibration> m_calibration; ///< null where the tick could be read, or was not to be calibrated
    std::unique_ptr<Grader> m_grader;                ///< null for a recording
    std::unique_ptr<DeadConnections> m_dead;         ///< null where nobody looks for owners
    EndRingPtr m_ends;                               ///< null where no programs tell them
    Sentence m_noEvents;                             ///< why no ends are told; empty where they are
    MonotonicTime m_origin;
    HostContextMaker m_host;
    HostContextPtr m_hostContext;
    ActivityLog m_activity;
    std::optional<MachineFacts> m_recorded; ///< nullopt: the machine is this one
    bool m_looksOnce = false;               ///< in sampleSettled(): whoever asks waits for all there is to know
    TickClock m_clock;
    int m_tickReadings = 0; ///< after the first
    FramePool m_frames;
    MachineWatch m_machine;
    MachineState m_state;
    OutsideFacts m_outside;
    CgroupNames m_cgroups;
    CgroupUnitsPtr m_recordedUnits; ///< of a recording; null: the kernel is asked
    FramePtr m_last;                ///< the last sample that worked
    std::uint64_t m_sequence = 0;
    std::uint64_t m_eventsLost = 0;
};

} // namespace halfopen
