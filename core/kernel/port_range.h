// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/kept_file.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace halfopen {

/// Both ends of the range from which the kernel chooses local ports, included.
/// @param text  of net.ipv4.ip_local_port_range
/// @return      nullopt where it does not say
inline std::optional<std::pair<std::uint16_t, std::uint16_t>> parsePortRange(std::string_view text) {
    const char* const end = text.data() + text.size();
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

/// The same of the file itself.
inline std::optional<std::pair<std::uint16_t, std::uint16_t>> readPortRange(KeptFile& file) {
    std::array<char, 64> text{};
    const ssize_t size = file.read(text);
    return size > 0 ? parsePortRange({text.data(), static_cast<std::size_t>(size)}) : std::nullopt;
}

} // namespace halfopen
