// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/held_lines.h"

#include <utility>

namespace halfopen {

HeldLines::HeldLines(FramePtr frame, const Arrangement& shown, std::span<const int> lines)
    : m_frame(std::move(frame))
    , m_rows(m_frame->rows.size()) {
    for (const int line : lines) {
        const std::uint32_t what = shown.table()[static_cast<std::size_t>(line)];
        if (const Group* group = shown.groupOf(what))
            m_groups.insert(group->key);
        else
            m_rows[what] = true;
    }
}

std::vector<int> HeldLines::in(const Frame& frame, const Arrangement& shown) const {
    const std::vector<bool> rows = m_frame.get() == &frame ? m_rows : rowsIn(frame);
    const auto& table = shown.table();
    std::vector<int> lines;
    for (std::size_t line = 0; line < table.size(); ++line) {
        const Group* group = shown.groupOf(table[line]);
        if (group ? m_groups.contains(group->key) : rows[table[line]])
            lines.push_back(static_cast<int>(line));
    }
    return lines;
}

/// From one frame to the next most rows follow the same one as before, and are looked for there first.
std::vector<bool> HeldLines::rowsIn(const Frame& frame) const {
    std::vector<bool> rows(frame.rows.size());
    std::size_t shift = 0; // modulo 2^64
    for (std::size_t before = 0; before < m_rows.size(); ++before) {
        if (!m_rows[before])
            continue;
        const SocketKey key = m_frame->keyOf(m_frame->rows[before]);
        const std::size_t guess = before + shift;
        const Row* row =
            guess < frame.rows.size() && frame.keyOf(frame.rows[guess]) == key ? &frame.rows[guess] : frame.find(key);
        if (!row)
            continue;
        const auto now = static_cast<std::size_t>(row - frame.rows.data());
        shift = now - before;
        rows[now] = true;
    }
    return rows;
}

} // namespace halfopen
