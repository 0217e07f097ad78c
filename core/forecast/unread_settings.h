// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"
#include "core/model/forecast.h"
#include "core/model/keepalive_options.h"
#include "core/model/tcp_sysctls.h"

#include <cstdint>

namespace halfopen {

/// What a forecast assumes where settings that decide it could not be read (TcpSysctls::unread): then it rests on the
/// kernel's defaults, and on no value "from sysctl". Pure. Source: Documentation/networking/ip-sysctl.rst.
std::uint32_t assumesUnread(const Forecast& forecast, const Connection& connection, const KeepaliveOptions& options,
                            const TcpSysctls& sysctls);

} // namespace halfopen
