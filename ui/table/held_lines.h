// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"

#include <cstdint>
#include <span>
#include <unordered_set>
#include <vector>

namespace halfopen {

/// Many lines of a table while its rows change: marks on the rows of their frame, where a key for each would be looked
/// for one by one.
class HeldLines {
public:
    HeldLines() = default;
    /// @param lines  places in shown.table()
    HeldLines(FramePtr frame, const Arrangement& shown, std::span<const int> lines);

    bool empty() const { return !m_frame; }
    /// Where they stand now, rising, as far as they are shown.
    std::vector<int> in(const Frame& frame, const Arrangement& shown) const;

private:
    std::vector<bool> rowsIn(const Frame& frame) const;

    FramePtr m_frame;
    std::vector<bool> m_rows;                   ///< of m_frame
    std::unordered_set<std::uint64_t> m_groups; ///< Group::key
};

} // namespace halfopen
