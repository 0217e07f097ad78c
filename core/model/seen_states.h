// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace halfopen {

/// Which states a connection was seen in, as bits of Row::statesSeen; what FINs that proves.
namespace seen {
enum : std::uint8_t {
    Opening = 1 << 0,        ///< SYN-SENT: this side opened it
    LocalFinFirst = 1 << 1,  ///< FIN-WAIT-1 or FIN-WAIT-2
    RemoteFinFirst = 1 << 2, ///< CLOSE-WAIT or LAST-ACK
    BothFins = 1 << 3,       ///< CLOSING
    ThereBefore = 1 << 4,    ///< it was in the first sample of all
};
} // namespace seen

} // namespace halfopen
