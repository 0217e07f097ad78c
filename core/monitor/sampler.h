// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"
#include "core/model/order.h"
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
    Sampler(WatchedNetns first, Monitor::Config config, Query query, Sink sink);
    Sampler(std::unique_ptr<Source> source, Monitor::Config config, Query query, Sink sink)
        : Sampler(ownNetns(std::move(source)), std::move(config), std::move(query), std::move(sink)) {}
    /// Ends the thread; no frame comes after it returns.
    ~Sampler();
    Sampler(const Sampler&) = delete;
    Sampler& operator=(const Sampler&) = delete;

    /// Taken in the order of the calls (any thread).
    void send(Order order);

private:
    void run(const std::stop_token& stop, WatchedNetns first, Monitor::Config config);
    MonotonicTime nextSample(MonotonicTime last, const Query& query, bool news) const;
    /// Waits until `until` or until the query is another or readings have come; takes destroy events as they come
    /// meanwhile.
    void waitForWork(Monitor& monitor, const std::stop_token& stop, MonotonicTime until, const Query* answered);
    void waitOnce(Monitor& monitor, MonotonicTime until, MonotonicTime& eventsFrom) const;
    bool isUrgent(const Query& answered) const;
    Query takeOrders(Monitor& monitor);
    void wake() const;

    Sink m_sink;
    UniqueFd m_wake; ///< eventfd(2): something was ordered
    mutable std::mutex m_mutex;
    Query m_query;               ///< guarded by m_mutex: the last that was sent
    std::vector<Order> m_orders; ///< guarded by m_mutex: the others, not handed on yet
    std::jthread m_thread;
};

} // namespace halfopen
