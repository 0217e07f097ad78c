// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/read_refusal.h"

#include <optional>

namespace halfopen {

struct SocketMeant;

inline constexpr int kIpprotoMptcp = 262; // include/uapi/linux/in.h, since 5.6

/// Whether a descriptor of an MPTCP connection is not the one of the socket meant: a subflow of it, its listener, or
/// the whole that has lost its last subflow. Source: include/uapi/linux/mptcp.h, MPTCP_SUBFLOW_ADDRS (since 5.16).
/// @return nullopt: it is. Reused: it is not. MultipathTcp: this kernel does not tell
std::optional<ReadRefusal> isAnotherMptcp(int socket, const SocketMeant& meant);

} // namespace halfopen
