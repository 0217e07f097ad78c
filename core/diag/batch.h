// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diag/decode.h"
#include "core/error.h"
#include "core/units.h"

#include <cstddef>
#include <span>

namespace halfopen {

/// What one recvmsg() on a netlink socket brought: whole messages, and when it was called and returned.
struct Batch {
    ByteView bytes;         ///< in the buffer given; empty: nothing was waiting (only where not to wait was asked for)
    MonotonicTime called{}; ///< just before the call
    MonotonicTime received{}; ///< just after it returned
    bool lost = false;        ///< ENOBUFS came by: the kernel dropped messages
};

enum class Wait : bool { No, Yes };

/// Receives one batch of the kernel; what another process sends is passed over. ENOBUFS loses messages, not the dump:
/// it goes on.
/// @param buffer  where the batch is put
/// @param wait    No: an empty batch where nothing is waiting (MSG_DONTWAIT)
/// @return        what recvmsg() refused; Unreadable where the batch is larger than the buffer
/// Any thread. Source: netlink(7), recvmsg(2).
Result<Batch> receiveBatch(int fd, std::span<std::byte> buffer, Wait wait);

} // namespace halfopen
