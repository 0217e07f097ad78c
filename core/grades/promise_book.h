// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/grades/promise.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace halfopen {

/// The promises of an end that still stand in one network namespace, by cookie. 40 bytes each and open addressing, at
/// most 7/8 full: 200,000 of them are 9 to 12 MB. One thread.
class PromiseBook {
public:
    /// Replaces what stands under this cookie. @param cookie  not 0
    void put(std::uint64_t cookie, const Promise& promise);
    std::optional<Promise> find(std::uint64_t cookie) const;
    /// Something was seen to come between while it stands.
    void note(std::uint64_t cookie, Sightings seen);
    void erase(std::uint64_t cookie);
    std::size_t size() const { return m_size; }
    std::size_t bytes() const { return m_entries.capacity() * sizeof(Entry); }

private:
    /// Moments as ms from `made`.
    struct Entry {
        std::uint64_t cookie = 0; ///< 0: empty
        MonotonicTime made{};
        Moment moment;
        std::uint32_t assumes : 31 = 0;
        std::uint32_t point : 1 = 0;
        Conditions conditions;
        Sightings seen;
    };
    std::size_t slotOf(std::uint64_t cookie) const;
    std::size_t place(std::uint64_t cookie) const; ///< where it is, or would be
    void grow();

    std::vector<Entry> m_entries;
    std::size_t m_size = 0;
};

} // namespace halfopen
