// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace halfopen {

/// What a field is about; the details show them in these groups.
enum class TcpInfoGroup : std::uint8_t { Timing, Sending, Receiving, Loss, Counters, Limits };
/// What a field counts, as the kernel tells it.
enum class TcpInfoUnit : std::uint8_t { Number, Microseconds, Milliseconds, Bytes, BytesPerSecond, Packets };

/// One field of struct tcp_info.
struct TcpInfoField {
    std::string_view name; ///< the kernel's, without "tcpi_"
    TcpInfoGroup group;
    TcpInfoUnit unit;
    std::uint16_t offset; ///< bytes from the start of the struct
    std::uint8_t size;    ///< bytes

    /// Its value in a raw tcp_info of any length; nullopt where this kernel's struct ends before it.
    std::optional<std::uint64_t> read(std::span<const std::uint8_t> raw) const;
};

/// All fields that mean something to a person, group by group. Source: include/uapi/linux/tcp.h.
std::span<const TcpInfoField> tcpInfoFields();

} // namespace halfopen
