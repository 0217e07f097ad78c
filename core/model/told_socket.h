// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/keepalive_options.h"
#include "core/model/owner.h"
#include "core/model/read_refusal.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace halfopen {

/// What looking into one socket of another machine has found there, as that machine tells it.
struct ToldSocket {
    std::uint64_t cookie = 0;
    std::optional<KeepaliveOptions> options; ///< as read from the socket, all exact; nullopt: nothing new
    std::vector<Owner> owners;               ///< all that are known; empty: none is
    OwnerUnknown why = OwnerUnknown::Known;  ///< why there are none
    ReadRefusal unread = ReadRefusal::None;  ///< why its options were not read

    bool operator==(const ToldSocket&) const = default;
};

} // namespace halfopen
