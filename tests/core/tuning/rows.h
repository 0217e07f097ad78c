// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/frames/frame_maker.h"

#include <chrono>

namespace halfopen::test {

/// The same connection later: `after` has passed and its timer, armed anew or not, has `left` to go.
inline Scripted later(const Scripted& row, std::chrono::nanoseconds after, std::chrono::milliseconds left) {
    Scripted then = later(row, after);
    then.connection.timer.expires = saturate(left);
    return then;
}

/// The frame that follows `before` twice without a connection: its rows are closed in there.
inline Frame afterAllClosed(std::vector<Scripted> before) {
    FrameSeries series;
    series.next(std::move(before));
    series.next(std::vector<Scripted>{});
    return *series.next(std::vector<Scripted>{});
}

} // namespace halfopen::test
