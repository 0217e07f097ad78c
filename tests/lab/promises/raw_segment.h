// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/endpoint.h"

#include <cstdint>
#include <string_view>

namespace halfopen::promises {

/// A TCP segment over IPv4 as nobody's socket sends it.
struct Segment {
    Endpoint from;
    Endpoint to;
    std::uint8_t flags = 0; ///< as in the header: 1 FIN, 2 SYN, 4 RST, 16 ACK
    std::uint32_t sequence = 0;
    std::uint32_t acknowledges = 0;
    std::uint16_t window = 65535;
    std::string_view options; ///< of the TCP header, whole words of 4 bytes
    std::string_view payload;
};

/// Sends it from the network namespace of the calling thread, which need not have the address. Throws
/// std::runtime_error.
void send(const Segment& segment);

} // namespace halfopen::promises
