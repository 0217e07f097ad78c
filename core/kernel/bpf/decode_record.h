// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/bpf/exact_record.h"
#include "core/model/connection.h"
#include "core/model/error.h"
#include "core/model/exact_facts.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace halfopen {

/// One record of core/kernel/bpf/sockets.bpf.c.
struct ExactSocket {
    Connection connection; ///< as decodeInetDiag() would have it, with its tcp_info
    ExactFacts facts;
    std::uint64_t netnsCookie = 0;
    std::uint32_t mptcpToken = 0; ///< MptcpPart::token; 0 also where the reader may not see it
};

/// Whether a record is a socket, or the last one of a pass.
enum class RecordKind : std::uint8_t { Socket, End };

/// @param bytes  sizeof(exact_record) of them at least; of any origin and alignment
/// @param hz     the kernel's tick
/// @param out    overwritten where it is a socket
/// @return       Unreadable where it is too short, of another version, or of a kind or family that is not known. Times
///               and counts are believed as they are
/// Pure. Source: as the fields are filled in by net/ipv4/inet_diag.c, inet_sk_diag_fill(), and net/ipv4/tcp.c,
/// tcp_get_info().
Result<RecordKind> decodeRecord(std::span<const std::byte> bytes, std::int32_t hz, ExactSocket& out);

/// The options of a record, as ExactFacts::options has them. @param hz  the kernel's tick
KeepaliveOptions optionsOf(const exact_record& record, std::int32_t hz);

/// Where in the timer wheel a timer lies, see TimerRun. @param slot  timer_list.flags >> 22
/// @return  nullopt where expiry and slot do not belong together: it was due when it was armed
std::optional<TimerRun> runOf(std::uint32_t expires, std::uint16_t slot, std::uint32_t jiffies);

} // namespace halfopen
