// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace halfopen {

/// What most of many readings say, in one pass and without keeping them (R. S. Boyer and J S. Moore, MJRTY, 1991). Of
/// two clocks that are read one after the other, a few readings have a tick in between, and some follow a tick that was
/// counted late: neither the greatest nor the least is right.
class OffsetVote {
public:
    void add(std::int64_t offset) {
        if (m_ahead == 0)
            m_offset = offset;
        m_ahead += offset == m_offset ? 1 : -1;
    }
    /// @return nullopt where too few agree: one reading alone is wrong once in some 100,000
    std::optional<std::int64_t> most() const { return m_ahead >= kEnough ? std::optional(m_offset) : std::nullopt; }

private:
    static constexpr std::ptrdiff_t kEnough = 3;

    std::int64_t m_offset = 0;
    std::ptrdiff_t m_ahead = 0;
};

} // namespace halfopen
