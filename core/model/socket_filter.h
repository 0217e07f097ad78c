// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/endpoint.h"

#include <cstdint>
#include <vector>

namespace halfopen {

/// One side of a socket is within these ports, and its address begins so.
struct SocketCondition {
    bool local = false; ///< false: the remote side
    std::uint16_t lowPort = 0;
    std::uint16_t highPort = 0xffff;
    IpAddress address;
    int bits = 0; ///< of the 128; 0: any address

    bool operator==(const SocketCondition&) const = default;
};

/// What the kernel can leave out of a dump by itself. It lets through at least what whoever asks wants.
struct SocketFilter {
    static constexpr std::uint32_t kEveryState = 0x2fff;

    std::uint32_t states = kEveryState; ///< bit 1 << State
    /// Of each of these, one has to hold; none of them is empty.
    std::vector<std::vector<SocketCondition>> conditions;

    bool everything() const { return states == kEveryState && conditions.empty(); }
};

} // namespace halfopen
