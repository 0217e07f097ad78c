// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitor/huge_pages.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace halfopen {

/// Cookies, each once; grows with them. 16 bytes a cookie at most, in one piece of memory.
class CookieSet {
public:
    /// @return false where it was there already; 0 is no cookie and never there
    bool insert(std::uint64_t cookie);
    void reserve(std::size_t cookies);
    void clear();

private:
    void rehash(std::size_t slots);
    std::uint64_t& slotFor(std::uint64_t cookie);

    using Slots = std::vector<std::uint64_t, HugePages<std::uint64_t>>;

    Slots m_slots; ///< a power of two of them, at most three quarters full; 0: empty
    std::size_t m_count = 0;
};

} // namespace halfopen
