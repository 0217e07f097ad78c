// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitor/monitor.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

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

private:
    void run(const std::stop_token& stop, std::unique_ptr<Source> source, Monitor::Config config);
    MonotonicTime nextSample(MonotonicTime last, const Query& query, bool news) const;
    bool isAsked(const Query& answered) const { return m_query != answered || !m_readings.empty(); } ///< m_mutex held
    /// Waits until `until`, or until the query is another or readings have come. @return false when it is time to end
    bool waitForWork(const std::stop_token& stop, MonotonicTime until, const Query& answered);

    Sink m_sink;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    Query m_query;                         ///< guarded by m_mutex
    std::vector<SocketReading> m_readings; ///< guarded by m_mutex; not handed on yet
    std::jthread m_thread;
};

} // namespace halfopen
