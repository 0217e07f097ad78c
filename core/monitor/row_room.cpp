// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/row_room.h"

#include <sys/mman.h>

#include <memory>

namespace halfopen {

std::span<std::byte> freeRoom(std::vector<Row>& rows) {
    constexpr std::size_t kHugePage = 2 << 20;
    void* begin = rows.data() + rows.size();
    std::size_t bytes = (rows.capacity() - rows.size()) * sizeof(Row);
    if (std::align(kHugePage, kHugePage, begin, bytes) == nullptr)
        return {};
    return {static_cast<std::byte*>(begin), bytes / kHugePage * kHugePage};
}

void makeRoom(std::vector<Row>& rows, std::size_t count) {
    if (count <= rows.capacity())
        return;
    rows.reserve(count);
    const auto room = freeRoom(rows);
    madvise(room.data(), room.size(), MADV_HUGEPAGE);
}

} // namespace halfopen
