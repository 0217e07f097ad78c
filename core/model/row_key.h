// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace halfopen {

/// Names one socket among the frames of one Monitor, where its SocketKey would be longer, or is not known yet: before
/// the first sample nobody has told the inode of its namespace.
struct RowKey {
    std::uint64_t cookie = 0;
    std::uint16_t netnsIndex = 0; ///< Connection::netnsIndex

    auto operator<=>(const RowKey&) const = default;
};

inline RowKey rowKeyOf(const Connection& connection) {
    return {connection.cookie, connection.netnsIndex};
}

} // namespace halfopen

template <>
struct std::hash<halfopen::RowKey> {
    std::size_t operator()(const halfopen::RowKey& key) const noexcept {
        return static_cast<std::size_t>((key.cookie ^ std::uint64_t{key.netnsIndex} << 48) * 0x9e3779b97f4a7c15U);
    }
};
