// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"

#include <linux/inet_diag.h>

namespace halfopen {

/// The part of a sock_diag request that means this one socket: family, tuple, interface and cookie. All states, nothing
/// asked for besides.
inet_diag_req_v2 requestFor(const Connection& connection);

} // namespace halfopen
