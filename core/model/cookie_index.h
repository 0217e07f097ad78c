// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace halfopen {

struct Row;

/// An open-addressing table of indexes into rows, by cookie (some kernels count them in each network namespace): 4
/// bytes a slot, at most three quarters full. Empty slots are 0xffffffff.
/// @param index  replaced; its memory is used again
void indexByCookie(std::span<const Row> rows, std::vector<std::uint32_t>& index);

/// @param index       made by indexByCookie() from the same rows
/// @param netnsIndex  Connection::netnsIndex of the row meant
std::optional<std::uint32_t> findCookie(std::span<const Row> rows, std::span<const std::uint32_t> index,
                                        std::uint64_t cookie, std::uint16_t netnsIndex);

} // namespace halfopen
