// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/monitor.h"

#include "core/query/order.h"
#include "core/sysctl/sysctl_reader.h"

namespace halfopen {

Monitor::Monitor(std::unique_ptr<Source> source, Config config)
    : m_source(std::move(source))
    , m_config(config) {}

Monitor::~Monitor() = default;

std::shared_ptr<Frame> Monitor::failed(const Query& query, Error error) {
    auto frame = std::make_shared<Frame>();
    frame->query = query;
    frame->error = std::move(error);
    frame->owners = std::make_shared<const OwnerTable>();
    frame->names = std::make_shared<const NameTable>();
    frame->started = frame->taken = MonotonicClock::now();
    return frame;
}

FrameBuilder::Context Monitor::context(const Query& query) {
    return {.sysctls = m_sysctls, .clock = m_clock, .query = query, .now = MonotonicClock::now()};
}

FramePtr Monitor::sample(const Query& query) {
    const MonotonicTime start = MonotonicClock::now();
    if (m_source->live()) {
        if (auto sysctls = readTcpSysctls())
            m_sysctls = *sysctls;
    }
    FrameBuilder builder(m_last, context(query));
    const auto summary = m_source->sample({.detailCookie = query.selected}, builder);
    if (!summary)
        return failed(query, summary.error());
    auto frame = builder.finish(*summary);
    frame->live = m_source->live();
    arrange(*frame);
    frame->cost = std::chrono::duration_cast<std::chrono::microseconds>(MonotonicClock::now() - start);
    return m_last = frame;
}

bool Monitor::investigate(std::chrono::nanoseconds) { return false; }
bool Monitor::settled() const { return true; }
FramePtr Monitor::sampleSettled(const Query& query, std::chrono::nanoseconds) { return sample(query); }

} // namespace halfopen
