// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"
#include "core/monitor/monitor.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <utility>
#include <vector>

namespace halfopen {

/// A Monitor on a thread of its own: the sampling thread. It owns every netlink socket and every read of /proc; what it
/// makes leaves it as immutable frames only, and what a person chooses comes to it as one Query. A sample is taken,
/// handed out, and only then the next one is due: samples cannot overlap.
class Sampler {
public:
    /// Called on the sampling thread with every frame; must not block.
    using Sink = std::function<void(FramePtr)>;

    /// Starts at once. The thread inherits the caller's network namespace.
    Sampler(std::unique_ptr<Source> source, Monitor::Config config, Query query, Sink sink);
    /// Ends the thread; no frame comes after it returns.
    ~Sampler();
    Sampler(const Sampler&) = delete;
    Sampler& operator=(const Sampler&) = delete;

    /// A changed filter, order, selection or interval is answered by a frame soon (any thread).
    void setQuery(const Query& query);

    /// Options and holders that were read elsewhere (SocketOperations::inspect()) flow into rows from the next frame
    /// on, which comes soon (any thread). See Monitor::addReadings().
    void addReadings(std::vector<SocketReading> readings);

    /// How far it is with the close of these connections, which a person has asked Halfopen for: `Asked` before the
    /// kernel is asked, then what became of it (any thread). See Monitor::noteClose().
    void noteClose(CloseStep step, std::span<const std::uint64_t> cookies);

private:
    void run(const std::stop_token& stop, std::unique_ptr<Source> source, Monitor::Config config);
    MonotonicTime nextSample(MonotonicTime last, const Query& query, bool news) const;
    /// Waits until `until` or until the query is another or readings have come; takes destroy events as they come
    /// meanwhile.
    void waitForWork(Monitor& monitor, const std::stop_token& stop, MonotonicTime until, const Query* answered);
    void waitOnce(Monitor& monitor, MonotonicTime until, MonotonicTime& eventsFrom) const;
    bool differs(const Query& answered) const;
    Query takeOrders(Monitor& monitor);
    void wake() const;

    Sink m_sink;
    UniqueFd m_wake; ///< eventfd(2): something was ordered
    mutable std::mutex m_mutex;
    Query m_query;                                                          ///< guarded by m_mutex
    std::vector<std::pair<CloseStep, std::vector<std::uint64_t>>> m_closes; ///< guarded by m_mutex; in their order
    std::vector<SocketReading> m_readings;                                  ///< guarded by m_mutex; not handed on yet
    std::jthread m_thread;
};

} // namespace halfopen
