// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace halfopen {

/// Names a line of the table wherever it stands: a connection, or a group.
struct LineKey {
    SocketKey socket;
    std::uint64_t group = 0; ///< Group::key; 0: a connection

    explicit operator bool() const { return socket || group != 0; }
    bool operator==(const LineKey&) const = default;
};

/// Positions of lines by key: one scan for a few, inverse tables for many.
class LinePositions {
public:
    /// @param frame   with the rows of `shown`; both outlive this
    /// @param wanted  how often of() is going to be asked
    LinePositions(const Frame& frame, const Arrangement& shown, std::size_t wanted);

    int of(const LineKey& key) const; ///< -1: it is not shown

private:
    void invert();
    int ofGroup(std::uint64_t key) const;
    int scan(std::uint32_t line) const;

    const Frame& m_frame;
    const Arrangement& m_shown;
    std::vector<int> m_rows;                         ///< by row; empty: to be scanned
    std::unordered_map<std::uint64_t, int> m_groups; ///< by key
};

} // namespace halfopen
