// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/kept_file.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

namespace halfopen {

/// Both ends of the range from which the kernel chooses local ports, included.
/// @param file  net.ipv4.ip_local_port_range
/// @return      nullopt where it does not say
inline std::optional<std::pair<std::uint16_t, std::uint16_t>> readPortRange(KeptFile& file) {
    std::array<char, 64> text{};
    const ssize_t size = file.read(text);
    if (size <= 0)
        return std::nullopt;
    const char* const end = text.data() + size;
    std::uint16_t low = 0;
    std::uint16_t high = 0;
    const auto [behind, error] = std::from_chars(text.data(), end, low);
    const char* at = behind;
    while (at != end && (*at == ' ' || *at == '\t'))
        ++at;
    if (error != std::errc() || std::from_chars(at, end, high).ec != std::errc())
        return std::nullopt;
    return std::pair(low, high);
}

} // namespace halfopen
