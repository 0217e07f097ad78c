// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"
#include "core/model/forecast.h"
#include "core/model/keepalive_options.h"

namespace halfopen {

/// What one sample knew of one connection; refers to values that outlive it.
struct Look {
    const Connection& connection;
    const KeepaliveOptions& options;
    const Forecast& forecast;
};

} // namespace halfopen
