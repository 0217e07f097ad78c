// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/sampler.h"

#include <poll.h>

#include <sys/eventfd.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace halfopen {

namespace {

using namespace std::chrono_literals;

// What a person types or clicks is answered at once, but a machine with very many sockets is not dumped back to back.
constexpr auto kAnswerWithin = 50ms;
// Owners and options that were just found are shown without waiting for the next tick.
constexpr auto kShowNewsAfter = 200ms;
// Between two looks at the clock and the query while /proc is searched.
constexpr auto kSlice = 20ms;
// Where connections end by the thousand, their events are taken this often and not one by one.
constexpr auto kEventsEvery = 20ms;
// A hidden window samples at a tenth of the rate.

} // namespace

Sampler::Sampler(WatchedNetns first, Monitor::Config config, Query query, Sink sink)
    : m_sink(std::move(sink))
    , m_wake(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
    , m_query(std::move(query))
    , m_thread([this, told = std::move(config), owned = std::move(first)](const std::stop_token& stop) mutable {
        run(stop, std::move(owned), std::move(told));
    }) {}

Sampler::~Sampler() {
    m_thread.request_stop();
    wake();
}

void Sampler::wake() const {
    eventfd_write(m_wake.get(), 1); // full is awake too
}

void Sampler::send(Order order) {
    {
        const std::lock_guard lock(m_mutex);
        if (auto* query = std::get_if<Query>(&order))
            m_query = std::move(*query);
        else
            m_orders.push_back(std::move(order));
    }
    wake();
}

MonotonicTime Sampler::nextSample(MonotonicTime last, const Query& query, bool news) const {
    const auto interval = std::clamp<std::chrono::milliseconds>(query.interval, 250ms, 10s);
    if (query.hidden)
        return last + interval * kHiddenFactor;
    return last + (news ? std::min<std::chrono::milliseconds>(interval, kShowNewsAfter) : interval);
}

/// A note of a close is there for when the connection has ended: no frame comes earlier for it.
bool Sampler::isUrgent(const Query& answered) const {
    const std::lock_guard lock(m_mutex);
    const auto wantsFrame = [](const Order& order) {
        return std::holds_alternative<ReadingsOrder>(order) || std::holds_alternative<NetnsOpened>(order) ||
               std::holds_alternative<ExactOpened>(order) || std::holds_alternative<SampleNow>(order);
    };
    return m_query != answered || std::ranges::any_of(m_orders, wantsFrame);
}

Query Sampler::takeOrders(Monitor& monitor) {
    const std::lock_guard lock(m_mutex);
    for (const Order& order : std::exchange(m_orders, {}))
        monitor.take(order);
    return m_query;
}

void Sampler::waitOnce(Monitor& monitor, MonotonicTime until, MonotonicTime& eventsFrom) const {
    const MonotonicTime now = MonotonicClock::now();
    const bool listens = now >= eventsFrom;
    pollfd waits[2] = {{m_wake.get(), POLLIN, 0}, {listens ? monitor.eventDescriptor() : -1, POLLIN, 0}};
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>((listens ? until : std::min(until, eventsFrom)) - now);
    // The cap is for a system without another descriptor to spare, where nothing can wake us.
    constexpr std::chrono::milliseconds kUnwoken{250};
    const auto most = m_wake ? left : std::min(left, kUnwoken);
    if (::poll(waits, 2, static_cast<int>(std::max<std::int64_t>(most.count(), 0))) <= 0)
        return;
    eventfd_t ordered = 0;
    if (waits[0].revents != 0)
        eventfd_read(m_wake.get(), &ordered);
    if (waits[1].revents != 0) {
        monitor.takeEvents();
        eventsFrom = MonotonicClock::now() + kEventsEvery;
    }
}

void Sampler::waitForWork(Monitor& monitor, const std::stop_token& stop, MonotonicTime until, const Query* answered) {
    MonotonicTime eventsFrom{};
    while (!stop.stop_requested() && MonotonicClock::now() < until && !(answered && isUrgent(*answered)))
        waitOnce(monitor, until, eventsFrom);
}

void Sampler::run(const std::stop_token& stop, WatchedNetns first, Monitor::Config config) {
    Monitor monitor(std::move(first), std::move(config));
    while (!stop.stop_requested()) {
        const Query query = takeOrders(monitor);
        const MonotonicTime started = MonotonicClock::now();
        m_sink(monitor.sample(query));
        bool news = false;
        while (!stop.stop_requested() && MonotonicClock::now() < nextSample(started, query, news) && !isUrgent(query)) {
            if (monitor.idle()) {
                waitForWork(monitor, stop, nextSample(started, query, news), &query);
            } else {
                news = monitor.lookUp(kSlice) || news;
                monitor.takeEvents();
            }
        }
        if (isUrgent(query))
            waitForWork(monitor, stop, started + kAnswerWithin, nullptr);
    }
}

} // namespace halfopen
