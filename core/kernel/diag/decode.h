// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"
#include "core/model/error.h"
#include "core/model/units.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace halfopen {

using ByteView = std::span<const std::byte>;

/// Decodes the payload of one SOCK_DIAG_BY_FAMILY or TCPDIAG_GETSOCK message: struct inet_diag_msg and its attributes.
/// The only place that knows byte order.
/// @param payload  what follows the nlmsghdr
/// @param sampled  when the kernel filled the message in
/// @param out      overwritten
/// @param info     set to the raw struct tcp_info inside `payload`; empty where the message has none
/// @return         the error says what does not fit (Unreadable): too short, a family that is neither IPv4 nor IPv6, an
///                 attribute that leaves the message. Unknown states, timers and attributes are no error.
/// Pure. Source: include/uapi/linux/inet_diag.h; net/ipv4/inet_diag.c, inet_sk_diag_fill().
Result<void> decodeInetDiag(ByteView payload, MonotonicTime sampled, Connection& out, ByteView& info);

/// Of which MPTCP connection a message's socket is a subflow: its token at this end, 0 where it is not told. Pure.
/// @param payload  as above. Source: net/mptcp/diag.c, subflow_get_info()
std::uint32_t mptcpTokenOf(ByteView payload);

/// The tcp_info of one attribute. Fields beyond its length stay 0, TcpInfo::length tells.
/// @param raw  at least 104 bytes
TcpInfo decodeTcpInfo(ByteView raw);

} // namespace halfopen
