// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/sampler.h"

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
// A hidden window samples at a tenth of the rate.
constexpr int kHiddenFactor = 10;

} // namespace

Sampler::Sampler(std::unique_ptr<Source> source, Monitor::Config config, Query query, Sink sink)
    : m_sink(std::move(sink))
    , m_query(std::move(query))
    , m_thread([this, config, owned = std::move(source)](const std::stop_token& stop) mutable {
        run(stop, std::move(owned), config);
    }) {}

Sampler::~Sampler() {
    m_thread.request_stop();
    m_changed.notify_all();
}

void Sampler::setQuery(const Query& query) {
    {
        const std::lock_guard lock(m_mutex);
        m_query = query;
    }
    m_changed.notify_all();
}

void Sampler::addReadings(std::vector<SocketReading> readings) {
    {
        const std::lock_guard lock(m_mutex);
        m_readings.insert(m_readings.end(), std::make_move_iterator(readings.begin()),
                          std::make_move_iterator(readings.end()));
    }
    m_changed.notify_all();
}

MonotonicTime Sampler::nextSample(MonotonicTime last, const Query& query, bool news) const {
    const auto interval = std::clamp<std::chrono::milliseconds>(query.interval, 250ms, 10s);
    if (query.hidden)
        return last + interval * kHiddenFactor;
    return last + (news ? std::min<std::chrono::milliseconds>(interval, kShowNewsAfter) : interval);
}

bool Sampler::waitForWork(const std::stop_token& stop, MonotonicTime until, const Query& answered) {
    std::unique_lock lock(m_mutex);
    m_changed.wait_until(lock, stop, until, [&] { return isAsked(answered); });
    return !stop.stop_requested();
}

void Sampler::run(const std::stop_token& stop, std::unique_ptr<Source> source, Monitor::Config config) {
    Monitor monitor(std::move(source), config);
    while (!stop.stop_requested()) {
        Query query;
        {
            const std::lock_guard lock(m_mutex);
            query = m_query;
            monitor.addReadings(std::exchange(m_readings, {}));
        }
        const MonotonicTime started = MonotonicClock::now();
        m_sink(monitor.sample(query));
        bool news = false;
        const auto differs = [&] {
            const std::lock_guard lock(m_mutex);
            return isAsked(query);
        };
        while (!stop.stop_requested() && MonotonicClock::now() < nextSample(started, query, news) && !differs()) {
            if (!monitor.settled())
                news = monitor.investigate(kSlice) || news;
            else if (!waitForWork(stop, nextSample(started, query, news), query))
                return;
        }
        if (differs() && !waitForWork(stop, std::max(started + kAnswerWithin, MonotonicClock::now()), {}))
            return;
    }
}

} // namespace halfopen
