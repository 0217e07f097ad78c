// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/decode.h"
#include "core/model/tcp_sysctls.h"
#include "core/model/tick_clock.h"
#include "core/model/units.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace halfopen {

/// What a recording tells beside the sockets, so that a replay forecasts as the machine itself would have. It follows
/// the last NLMSG_DONE as one NLMSG_NOOP message with JSON, which other readers of the format pass over.
struct RecordingTrailer {
    std::string host;
    std::string kernel;
    MonotonicTime taken{};
    TickClock clock;
    TcpSysctls sysctls;
};

/// The trailer as one netlink message, padded.
std::vector<std::byte> encodeTrailer(const RecordingTrailer& trailer);

/// @param payload  of an NLMSG_NOOP message
/// @return         nullopt where it is not our trailer, or its JSON is damaged
std::optional<RecordingTrailer> decodeTrailer(ByteView payload);

} // namespace halfopen
