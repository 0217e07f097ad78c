// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/decode.h"
#include "core/model/frame.h"
#include "core/model/process_unit.h"
#include "core/model/tcp_sysctls.h"
#include "core/model/tick_clock.h"
#include "core/model/units.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
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
    std::uint64_t netnsCookie = 0; ///< of the network namespace; 0: not known
    std::string netnsName;         ///< what a person calls it; "": nobody asked for it
    /// Units and containers by Connection::cgroup, as far as they were known. In the file stands the kernel's id.
    std::unordered_map<std::uint32_t, ProcessUnit> units;
};

/// Units and containers of the control groups that these rows were made in, as RecordingTrailer has them.
std::unordered_map<std::uint32_t, ProcessUnit> unitsIn(const Frame& frame, std::span<const std::uint32_t> rows);

/// That of a recording of one network namespace that is made now, but for RecordingTrailer::host and kernel.
/// @param netnsIndex  into Frame::namespaces  @param rows  those that it holds
RecordingTrailer trailerOf(const Frame& frame, std::uint16_t netnsIndex, std::span<const std::uint32_t> rows);

/// The trailer as one netlink message, padded.
std::vector<std::byte> encodeTrailer(const RecordingTrailer& trailer);

/// @param payload  of an NLMSG_NOOP message
/// @return         nullopt where it is not our trailer, or its JSON is damaged
std::optional<RecordingTrailer> decodeTrailer(ByteView payload);

} // namespace halfopen
