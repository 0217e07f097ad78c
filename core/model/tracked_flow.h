// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/units.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace halfopen {

/// What the connection tracking of one network namespace says of a connection's flow.
struct TrackedFlow {
    enum class Answer : std::uint8_t {
        Tracked,      ///< it has an entry
        Untracked,    ///< it has none: nothing is forgotten there
        NotPermitted, ///< only CAP_NET_ADMIN over the namespace is told
        NotTold,      ///< it could not be asked
    };
    std::uint16_t netnsIndex = 0; ///< into Frame::namespaces
    Answer answer = Answer::NotTold;
    MonotonicTime asked{};
    /// Until it is forgotten, if no packet comes; nullopt: an offloaded flow has no such time. Whole seconds, as the
    /// kernel tells them: it lasts less than one longer.
    std::optional<std::chrono::seconds> left;
    std::uint8_t state = 0;  ///< enum tcp_conntrack
    bool translated = false; ///< NAT: the two directions have other addresses

    bool operator==(const TrackedFlow&) const = default;
};

std::string_view toString(TrackedFlow::Answer answer); ///< "tracked", "untracked", "not-permitted", "not-told"
/// By the kernel's name of it, "ESTABLISHED"; "" where it is none. Source: include/uapi/linux/netfilter/
/// nf_conntrack_tcp.h; net/netfilter/nf_conntrack_proto_tcp.c, tcp_conntrack_names.
std::string_view trackedStateName(std::uint8_t state);

} // namespace halfopen
