// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/cookie_index.h"

#include "core/model/row.h"

#include <bit>

namespace halfopen {

namespace {

constexpr std::uint32_t kEmpty = 0xffffffff;

// Cookies count up by one: a multiplication (Fibonacci hashing) spreads them over the high bits.
std::size_t slotOf(std::uint64_t cookie, std::size_t size) {
    return static_cast<std::size_t>(cookie * 0x9e3779b97f4a7c15U >> (64 - std::countr_zero(size)));
}

} // namespace

void indexByCookie(std::span<const Row> rows, std::vector<std::uint32_t>& index) {
    const std::size_t size = std::bit_ceil(rows.size() + rows.size() / 3 + 2);
    index.assign(size, kEmpty);
    for (std::uint32_t row = 0; row < rows.size(); ++row) {
        std::size_t slot = slotOf(rows[row].connection.cookie, size);
        while (index[slot] != kEmpty)
            slot = (slot + 1) & (size - 1);
        index[slot] = row;
    }
}

std::optional<std::uint32_t> findCookie(std::span<const Row> rows, std::span<const std::uint32_t> index,
                                        std::uint64_t cookie, std::uint16_t netnsIndex) {
    if (index.empty())
        return std::nullopt;
    for (std::size_t slot = slotOf(cookie, index.size()); index[slot] != kEmpty;
         slot = (slot + 1) & (index.size() - 1)) {
        const Connection& connection = rows[index[slot]].connection;
        if (connection.cookie == cookie && connection.netnsIndex == netnsIndex)
            return index[slot];
    }
    return std::nullopt;
}

} // namespace halfopen
