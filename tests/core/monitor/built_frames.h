// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitor/frame_builder.h"
#include "tests/frames/frame_maker.h"

#include <chrono>
#include <cstdint>
#include <utility>
#include <vector>

namespace halfopen::test {

inline constexpr MonotonicTime kStart{std::chrono::hours(1)};

inline Connection connection(std::uint64_t cookie, State state = State::Established) {
    Connection c = at(unguarded(cookie), kStart).connection;
    c.state = state;
    return c;
}

inline SampleSummary summaryAt(std::chrono::milliseconds after) {
    SampleSummary summary;
    summary.start = summary.end = kStart + after;
    return summary;
}

/// The frame after `previous`, sampled `after` the start.
inline FramePtr build(FramePtr previous, std::chrono::milliseconds after, const std::vector<Connection>& connections,
                      FrameBuilder::NetnsPass pass = {}, FrameBuilder::Context context = {}) {
    context.now = kStart + after;
    FrameBuilder builder(std::move(previous), std::move(context));
    builder.beginNetns(std::move(pass));
    for (const Connection& c : connections)
        builder.add(c);
    builder.endNetns(summaryAt(after));
    return builder.finish();
}

} // namespace halfopen::test
