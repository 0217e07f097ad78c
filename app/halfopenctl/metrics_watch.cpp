// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/metrics_watch.h"

#include "core/kernel/sysctl/boot_reader.h"
#include "core/kernel/sysctl/machine_reader.h"
#include "core/metrics/frame_metrics.h"

#include <poll.h>
#include <unistd.h>

#include <sys/resource.h>

#include <algorithm>
#include <fstream>
#include <utility>

namespace halfopen::ctl {

namespace {

using namespace std::chrono_literals;

std::uint64_t residentBytes() {
    std::uint64_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages >> pages; // of which the second is resident
    return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

/// @param who  RUSAGE_SELF, or RUSAGE_CHILDREN: of those that have ended
std::chrono::nanoseconds usedBy(int who) {
    rusage usage{};
    ::getrusage(who, &usage);
    const auto lasting = [](const timeval& time) {
        return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
    };
    return lasting(usage.ru_utime) + lasting(usage.ru_stime);
}

} // namespace

std::vector<MetricFamily> familiesOf(const Frame& frame, MetricsInput& input) {
    input.machine = readMachine();
    input.boot = readBootConfigurationHere();
    input.now = std::chrono::system_clock::now();
    return frameMetrics(frame, input);
}

Result<MetricsWatch> MetricsWatch::open(const MetricsOptions& options, MetricsInput input,
                                        std::chrono::milliseconds least) {
    auto monitor = options.watchingMonitor(std::make_shared<History>());
    if (!monitor)
        return tl::unexpected(monitor.error());
    Query query = options.query();
    query.interval = std::min<std::chrono::milliseconds>(least, 10s); // what it takes for late
    return MetricsWatch(std::move(*monitor), std::move(input), std::move(query), least);
}

MetricsWatch::MetricsWatch(std::unique_ptr<Monitor> monitor, MetricsInput input, Query query,
                           std::chrono::milliseconds least)
    : m_monitor(std::move(monitor))
    , m_input(std::move(input))
    , m_query(std::move(query))
    , m_least(least)
    , m_interval(least) {}

MetricsWatch::Look MetricsWatch::look() {
    m_begun = MonotonicClock::now();
    m_cpuTimeBegun = cpuTime();
    const FramePtr frame = m_monitor->sample(m_query);
    m_running.add(frame);
    auto families = familiesOf(*frame, m_input);
    const ProcessReadings process{std::chrono::duration<double>(cpuTime()).count(), residentBytes(), m_started};
    auto more = m_running.families(m_interval, process);
    std::ranges::move(more, std::back_inserter(families));
    return {std::move(families), frame->error};
}

/// Of this process and of those that read for it. One that had to be given up counts again when it is gone.
std::chrono::nanoseconds MetricsWatch::cpuTime() {
    m_cpuTime = std::max(m_cpuTime, usedBy(RUSAGE_SELF) + usedBy(RUSAGE_CHILDREN) + m_monitor->helpersTime());
    return m_cpuTime;
}

bool MetricsWatch::waitForNext(const Interrupts& interrupts, std::span<const Chore> chores) {
    constexpr int kShare = 50; // one part in so many of a processor at most
    constexpr auto kSlice = 20ms;
    const auto cost = cpuTime() - m_cpuTimeBegun + std::exchange(m_lookUpCost, {});
    m_interval = std::max<std::chrono::nanoseconds>(m_least, kShare * cost);
    const MonotonicTime next = m_begun + m_interval;
    while (MonotonicClock::now() < next) {
        const auto before = cpuTime();
        m_monitor->lookUp(kSlice);
        m_lookUpCost += cpuTime() - before;
        if (!waitOnce(next, interrupts, chores))
            return false;
    }
    return true;
}

/// @return false when it is time to end
bool MetricsWatch::waitOnce(MonotonicTime until, const Interrupts& interrupts, std::span<const Chore> chores) {
    constexpr auto kBetweenSlices = 100ms;
    auto left = std::chrono::ceil<std::chrono::milliseconds>(until - MonotonicClock::now());
    if (!m_monitor->idle())
        left = std::min<std::chrono::milliseconds>(left, kBetweenSlices);
    std::vector<pollfd> watched{{interrupts.descriptor(), POLLIN, 0}, {m_monitor->eventDescriptor(), POLLIN, 0}};
    const std::size_t own = watched.size();
    for (const Chore& chore : chores)
        watched.push_back({chore.descriptor, POLLIN, 0});
    if (::poll(watched.data(), watched.size(), static_cast<int>(std::max<std::int64_t>(left.count(), 0))) <= 0)
        return true;
    if (watched[0].revents != 0 && interrupts.take())
        return false;
    if (watched[1].revents != 0)
        m_monitor->takeEvents();
    for (std::size_t at = own; at < watched.size(); ++at)
        if (watched[at].revents != 0)
            chores[at - own].run();
    return true;
}

} // namespace halfopen::ctl
