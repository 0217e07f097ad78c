// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/contexts.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace halfopen {

/// Names one socket among those of all machines and network namespaces. A cookie alone does not: each machine counts
/// its own from its boot on, and older kernels did in each network namespace (net/core/sock_diag.c, sock_gen_cookie()).
struct SocketKey {
    std::uint64_t cookie = 0; ///< 0: no socket
    NetnsId netns = 0;
    std::uint32_t host = 0; ///< HostContext::host

    explicit operator bool() const { return cookie != 0; }
    auto operator<=>(const SocketKey&) const = default;
};

/// Of a socket in this namespace.
inline SocketKey keyIn(const NetnsContext& netns, std::uint64_t cookie) {
    return {cookie, netns.netns, netns.host->host};
}

/// Set in a key that stands in for a cookie where none is told (NetnsTier::Public): no socket is to be named by it.
inline constexpr std::uint64_t kStandIn = std::uint64_t{1} << 63;
/// All ones is no stand-in, but the kernel's word for none (INET_DIAG_NOCOOKIE).
constexpr bool isStandIn(std::uint64_t cookie) {
    return (cookie & kStandIn) != 0 && cookie != ~std::uint64_t{0};
}

} // namespace halfopen

template <>
struct std::hash<halfopen::SocketKey> {
    std::size_t operator()(const halfopen::SocketKey& key) const noexcept {
        return static_cast<std::size_t>((key.cookie ^ (key.netns << 40) ^ key.host) * 0x9e3779b97f4a7c15U);
    }
};
