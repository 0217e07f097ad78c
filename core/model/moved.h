// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"

namespace halfopen {

/// Whether TcpInfo::bytesAcked and bytesReceived say anything: an old kernel tells none, and a listener moves none.
inline bool countsBytes(const Connection& connection) {
    return connection.info.hasBytes() && connection.state != State::Listen;
}

} // namespace halfopen
