// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/frame_maker.h"

#include <chrono>

namespace halfopen::test {

/// An idle connection whose keepalive is on and, as far as was read, follows 7200/75/9; its timer has `left` to go.
inline Row follower(std::uint64_t cookie, std::chrono::milliseconds left, Provenance from = Provenance::Exact) {
    Row row = makeRow(cookie);
    row.connection.timer = {.expires = saturate(left), .raw = 2};
    row.connection.info.lastDataReceived = row.connection.info.lastAckReceived = saturate(std::chrono::hours(2) - left);
    row.options = {.idleSeconds = 7200,
                   .intervalSeconds = 75,
                   .probes = 9,
                   .enabled = Switch::On,
                   .enabledFrom = Provenance::Derived,
                   .idleFrom = from,
                   .intervalFrom = from,
                   .probesFrom = from};
    return row;
}

/// The same connection later: `after` has passed and its timer has `left` to go.
inline Row later(Row row, std::chrono::milliseconds after, std::chrono::milliseconds left) {
    row.connection.sampled += after;
    row.connection.timer.expires = saturate(left);
    return row;
}

} // namespace halfopen::test
