// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/model/sentence.h"

#include <chrono>
#include <cstdint>

namespace halfopen {

/// What keepalive makes of a silence that is forgotten after `timeout` seconds, as far as its options are known.
Sentence raceSentence(const KeepaliveOptions& options, std::int32_t timeout);

/// What the forecast makes of a flow that is forgotten after `left`; empty: it ends before.
Sentence raceSentence(const Forecast& forecast, std::chrono::milliseconds left);

/// What this machine itself, its connection tracking or IPVS, makes of the silence of a connection, and whether
/// something goes out before it is forgotten. @return empty: nothing forgets it, or nothing is known of that
Sentence trackingSentence(const Row& row, const Frame& frame);

} // namespace halfopen
