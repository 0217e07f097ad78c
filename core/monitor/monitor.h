// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/history.h"
#include "core/kernel/diag/event_source.h"
#include "core/kernel/diag/source.h"
#include "core/kernel/process/machine_watch.h"
#include "core/kernel/process/users.h"
#include "core/model/close_step.h"
#include "core/model/destroy_event.h"
#include "core/model/frame.h"
#include "core/model/order.h"
#include "core/model/socket_results.h"
#include "core/monitor/context_maker.h"
#include "core/monitor/facts.h"
#include "core/monitor/frame_builder.h"
#include "core/monitor/frame_pool.h"

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace halfopen {

/// How much longer the interval of a window is that nobody sees.
inline constexpr int kHiddenFactor = 10;

class Grader;
class DeadConnections;
class PhaseCalibration;
class Recorder;

/// One sample after the other, on one thread: source, sysctls, tick, options, owners, forecast, diff, filter and order.
/// The Sampler runs one on its thread; halfopenctl calls it directly.
class Monitor {
public:
    struct Config {
        bool owners = true;      ///< look up which processes hold a socket
        bool options = true;     ///< read the options of sockets that may be read
        bool congestion = false; ///< every sample tells the congestion control; else only one with a selected row
        bool calibrate = true;   ///< open a loopback connection of our own where the tick cannot be read otherwise
        std::vector<std::uint64_t> only; ///< cookies: look into these sockets and no other; empty: all
        HistoryPtr history = nullptr;    ///< where records of ended connections go; null: none are made
        UserNames::LookUp userName = &halfopen::userName; ///< asked on other threads; names come when they come
    };
    /// @param events  where ends of sockets are told; null: the kernel, if there is a history
    Monitor(std::unique_ptr<Source> source, Config config, std::unique_ptr<EventSource> events = nullptr);
    ~Monitor();

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
    /// Samples and looks up until nothing is left open, but not longer than `time limit`; for programs that look
    /// once.
    FramePtr sampleSettled(const Query& query, std::chrono::nanoseconds timeLimit);

    /// Takes the destroy events that have come. To be called soon after eventDescriptor() is readable.
    void takeEvents();
    /// For poll(2); -1 where no ends are told.
    int eventDescriptor() const;

private:
    void note(const CloseNote& close);
    void openHistory();
    void record(const FrameBuilder& builder, Frame& frame);
    void addDead(Frame& frame);
    void dropPromises(const FrameBuilder& builder);
    void readMachine();
    void takeSettings(const TcpSysctls& now);
    void readTick();
    FrameBuilder::Context context(const Query& query);
    void addNotes(Frame& frame) const;
    bool looksUp(const Query& query) const { return m_source->live() && m_config.owners && query.owners; }

    std::unique_ptr<Source> m_source;
    Config m_config;
    std::unique_ptr<EventSource> m_events; ///< null where no ends are told
    std::vector<DestroyEvent> m_drained;   ///< of one takeEvents(), kept for its memory
    std::unique_ptr<ProcessLookup> m_lookup;
    std::unique_ptr<PhaseCalibration> m_calibration; ///< null where the tick could be read, or was not to be calibrated
    std::unique_ptr<Grader> m_grader;                ///< null for a recording
    std::unique_ptr<Recorder> m_recorder;            ///< null without a history, and for a recording
    std::unique_ptr<DeadConnections> m_dead;         ///< null where nobody looks for owners
    std::string m_noEvents;                          ///< why no ends are told; "" where they are
    MonotonicTime m_origin;
    ContextMaker m_contexts;
    std::optional<MachineFacts> m_told; ///< nullopt: the machine is this one
    bool m_looksOnce = false;           ///< in sampleSettled(): whoever asks waits for all there is to know
    TickClock m_clock;
    int m_tickReadings = 0; ///< after the first
    TcpSysctls m_sysctls;
    FramePool m_frames;
    FlightMemory m_flights;
    MachineWatch m_machine;
    OutsideFacts m_outside;
    std::unique_ptr<PathSource> m_paths; ///< null where the source has none
    FramePtr m_last;                     ///< the last sample that worked
    std::uint64_t m_sequence = 0;
};

} // namespace halfopen
