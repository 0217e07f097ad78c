// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <future>

namespace halfopen {

/// Makes the text of many rows in the background, a few portions ahead of the one that is being written: what a row
/// says takes longer to find out than to write. What is made from must not change meanwhile, as a frame does not; then
/// nothing has to be locked. Portions are made in memory that was used before.
template <class Made>
class Portions {
public:
    /// Makes rows [first, last) into a portion that may be another's old one.
    using Make = std::function<void(Made& portion, std::size_t first, std::size_t last)>;

    /// Up to `atOnce` rows all is made by the caller's thread.
    Portions(std::size_t rows, std::size_t atOnce, Make make)
        : m_rows(rows)
        , m_atOnce(atOnce)
        , m_make(std::move(make)) {
        for (Slot& slot : m_slots)
            begin(slot);
    }
    Portions(const Portions&) = delete;
    Portions& operator=(const Portions&) = delete;

    /// How often next() may be called; at least once, then perhaps without a row.
    std::size_t count() const { return std::max<std::size_t>((m_rows + m_atOnce - 1) / m_atOnce, 1); }

    /// The next portion in the order of the rows; good until the next call.
    const Made& next() {
        if (m_taken > 0)
            begin(m_slots[(m_taken - 1) % kAhead]);
        Slot& slot = m_slots[m_taken++ % kAhead];
        slot.done.get();
        return slot.portion;
    }

private:
    static constexpr std::size_t kAhead = 3;

    struct Slot {
        Made portion;
        std::future<void> done; ///< waited for when it goes
    };

    void begin(Slot& slot) {
        if (m_begun >= count())
            return;
        const std::size_t first = m_begun++ * m_atOnce;
        const std::size_t last = std::min(first + m_atOnce, m_rows);
        // Where no thread can be had, the caller makes it in get().
        const auto policy = m_rows > m_atOnce ? std::launch::async | std::launch::deferred : std::launch::deferred;
        slot.done = std::async(policy, [this, &slot, first, last] { m_make(slot.portion, first, last); });
    }

    std::size_t m_rows;
    std::size_t m_atOnce;
    Make m_make;
    std::size_t m_begun = 0; ///< portions
    std::size_t m_taken = 0;
    std::array<Slot, kAhead> m_slots; ///< a ring
};

} // namespace halfopen
