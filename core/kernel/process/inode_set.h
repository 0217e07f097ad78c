// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace halfopen {

/// A set of socket inodes at eight bytes each: open addressing, nothing is ever removed singly. 0 is no inode and never
/// inside.
class InodeSet {
public:
    /// @return true where it was not inside yet
    bool insert(std::uint32_t inode) {
        if (inode == 0)
            return false;
        if ((m_size + 1) * 2 > m_slots.size())
            grow();
        std::uint32_t& slot = m_slots[slotOf(inode)];
        if (slot == inode)
            return false;
        slot = inode;
        ++m_size;
        return true;
    }
    bool contains(std::uint32_t inode) const { return m_size != 0 && inode != 0 && m_slots[slotOf(inode)] == inode; }
    std::size_t size() const { return m_size; }
    void clear() {
        m_slots.clear();
        m_size = 0;
    }
    template <class Visit>
    void forEach(Visit visit) const {
        for (const std::uint32_t inode : m_slots)
            if (inode != 0)
                visit(inode);
    }

private:
    /// Where the inode stands, or the free slot where it would.
    std::size_t slotOf(std::uint32_t inode) const {
        const std::size_t mask = m_slots.size() - 1;
        std::size_t slot = (inode * 2654435769u >> 7) & mask; // Knuth's multiplicative hash; inodes come in runs
        while (m_slots[slot] != 0 && m_slots[slot] != inode)
            slot = (slot + 1) & mask;
        return slot;
    }
    void grow() {
        std::vector<std::uint32_t> old(m_slots.empty() ? 16 : m_slots.size() * 2);
        old.swap(m_slots);
        for (const std::uint32_t inode : old)
            if (inode != 0)
                m_slots[slotOf(inode)] = inode;
    }

    std::vector<std::uint32_t> m_slots; ///< empty, or a power of two with at least half of it 0
    std::size_t m_size = 0;
};

} // namespace halfopen
