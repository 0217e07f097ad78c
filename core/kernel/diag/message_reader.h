// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/decode.h"
#include "core/kernel/diag/source.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// How a batch of netlink messages ended.
struct BatchStatus {
    bool done = false;        ///< NLMSG_DONE came by: the dump is complete
    bool interrupted = false; ///< NLM_F_DUMP_INTR: the table changed under the kernel's feet; ask again
};

/// What the messages of a batch must carry to belong to our dump.
struct BatchContext {
    std::uint32_t sequence = 0;
    std::uint32_t port = 0;
    bool checkOrigin = true; ///< false for recordings, whose sequence and port are another program's
    std::uint64_t detailCookie = 0;
    bool withInfo = true;         ///< tcp_info was asked for, see Connection::infoRequested
    bool tickCertain = true;      ///< of this batch, see Connection::tickCertain
    std::uint16_t readBefore = 0; ///< of this batch, see Timer::readBefore
};

/// Walks through one received batch of netlink messages, decodes each socket and hands it to the sink.
/// Lengths are checked before anything is read; messages of another sequence or port are passed over.
/// @param detail    gets the raw tcp_info of context.detailCookie where it comes by
/// @param consumed  bytes read in full when it returns, with or without an error
/// @return          NLMSG_ERROR, a negative NLMSG_DONE or a damaged message as an error; the kernel's extended ack text
/// is in it Pure. Source: include/uapi/linux/netlink.h, RFC 3549.
Result<BatchStatus> readBatch(ByteView batch, MonotonicTime sampled, const BatchContext& context, ConnectionSink& sink,
                              std::vector<std::uint8_t>& detail, std::size_t& consumed);

/// The sentence and the code for an errno with which the kernel refused a sock_diag request.
/// @param extendedAck  the kernel's own words; may be empty
Error sockDiagError(int errorNumber, std::string_view extendedAck);

} // namespace halfopen
