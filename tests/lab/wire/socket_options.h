// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"
#include "core/model/keepalive_options.h"
#include "core/model/tcp_sysctls.h"

namespace halfopen::test {

/// Everything of a socket of this process, by getsockopt(2): all exact.
KeepaliveOptions readOptions(int socket);

/// What one sample tells of a socket that nobody may read: on or off by its timer, the numbers from the sysctls.
KeepaliveOptions assumedOptions(const Connection& connection, const TcpSysctls& sysctls);

/// Whether the socket has no other values than the sysctls give, so that forecasts from either must agree.
bool sameValues(const KeepaliveOptions& exact, const KeepaliveOptions& assumed, const TcpSysctls& sysctls);

} // namespace halfopen::test
