// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"
#include "core/model/forecast.h"
#include "core/model/keepalive_options.h"

#include <chrono>

namespace halfopen {

/// TCP_RESOURCE_PROBE_INTERVAL: when a handler whose packet the machine itself did not take tries again.
inline constexpr std::chrono::milliseconds kTryAgain{500};

/// What one sample knew of one connection; refers to values that outlive it.
struct Look {
    const Connection& connection;
    const KeepaliveOptions& options;
    const Forecast& forecast;
};

} // namespace halfopen
