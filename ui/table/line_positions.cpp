// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/line_positions.h"

#include <algorithm>

namespace halfopen {

LinePositions::LinePositions(const Frame& frame, const Arrangement& shown, std::size_t wanted)
    : m_frame(frame)
    , m_shown(shown) {
    constexpr std::size_t kFew = 8;
    if (wanted > kFew)
        invert();
}

int LinePositions::of(const LineKey& key) const {
    if (key.group != 0)
        return ofGroup(key.group);
    const Row* row = key.socket ? m_frame.find(key.socket) : nullptr;
    if (!row)
        return -1;
    const auto index = static_cast<std::uint32_t>(row - m_frame.rows.data());
    return m_rows.empty() ? scan(index) : m_rows[index];
}

void LinePositions::invert() {
    m_rows.assign(m_frame.rows.size(), -1);
    const auto& lines = m_shown.table();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (const Group* group = m_shown.groupOf(lines[i]))
            m_groups.emplace(group->key, static_cast<int>(i));
        else
            m_rows[lines[i]] = static_cast<int>(i);
    }
}

int LinePositions::ofGroup(std::uint64_t key) const {
    if (!m_rows.empty()) {
        const auto found = m_groups.find(key);
        return found == m_groups.end() ? -1 : found->second;
    }
    const auto group = std::ranges::find(m_shown.groups, key, &Group::key);
    return group == m_shown.groups.end()
               ? -1
               : scan(Arrangement::kGroupLine | static_cast<std::uint32_t>(group - m_shown.groups.begin()));
}

int LinePositions::scan(std::uint32_t line) const {
    const auto& lines = m_shown.table();
    const auto found = std::ranges::find(lines, line);
    return found == lines.end() ? -1 : static_cast<int>(found - lines.begin());
}

} // namespace halfopen
