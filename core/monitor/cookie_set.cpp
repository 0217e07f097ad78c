// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/cookie_set.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace halfopen {

namespace {

constexpr std::size_t kLeastSlots = 64;

std::size_t slotsFor(std::size_t cookies) {
    return std::max(kLeastSlots, std::bit_ceil(cookies + cookies / 3 + 1));
}

} // namespace

/// Where it is, or where it would be. Cookies count up by one: a multiplication (Fibonacci hashing) spreads them.
std::uint64_t& CookieSet::slotFor(std::uint64_t cookie) {
    const std::size_t mask = m_slots.size() - 1;
    auto slot = static_cast<std::size_t>(cookie * 0x9e3779b97f4a7c15U >> (64 - std::countr_zero(m_slots.size())));
    while (m_slots[slot] != 0 && m_slots[slot] != cookie)
        slot = (slot + 1) & mask;
    return m_slots[slot];
}

void CookieSet::rehash(std::size_t slots) {
    const auto before = std::exchange(m_slots, Slots(slots));
    for (const std::uint64_t cookie : before) {
        if (cookie != 0)
            slotFor(cookie) = cookie;
    }
}

void CookieSet::reserve(std::size_t cookies) {
    if (slotsFor(cookies) > m_slots.size())
        rehash(slotsFor(cookies));
}

bool CookieSet::insert(std::uint64_t cookie) {
    if (cookie == 0)
        return true;
    reserve(m_count + 1);
    std::uint64_t& slot = slotFor(cookie);
    m_count += slot != cookie;
    return std::exchange(slot, cookie) != cookie;
}

void CookieSet::clear() {
    std::ranges::fill(m_slots, 0);
    m_count = 0;
}

} // namespace halfopen
