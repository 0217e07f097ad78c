// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/frame_difference.h"

namespace halfopen {

std::vector<Difference> differences(const Frame* before, const Frame& now) {
    std::vector<Difference> list;
    if (!before)
        return list;
    for (const std::uint32_t index : now.shown) {
        const Row& row = now.rows[index];
        if (row.change != Change::New && row.change != Change::Changed) // marked for longer, but never for less
            continue;
        const Row* old = before->find(now.keyOf(row));
        if (!old)
            list.push_back({index, std::nullopt});
        else if (old->connection.state != row.connection.state || old->diagnosis != row.diagnosis)
            list.push_back({index, Difference::Before{old->connection.state, old->diagnosis}});
    }
    return list;
}

} // namespace halfopen
