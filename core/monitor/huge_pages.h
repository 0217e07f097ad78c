// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <new>

namespace halfopen {

/// Allocator of large tables that are looked into at random: each look into another small page misses the processor's
/// table of pages, so it asks for huge ones (madvise(2)). Only a wish; what is smaller than one comes from malloc().
template <class T>
struct HugePages {
    using value_type = T;

    HugePages() = default;
    template <class Other>
    HugePages(const HugePages<Other>&) {} // NOLINT(google-explicit-constructor): as allocators are

    T* allocate(std::size_t count) {
        const std::size_t bytes = count * sizeof(T);
        const bool isLarge = bytes >= kPage;
        void* const memory =
            isLarge ? std::aligned_alloc(kPage, (bytes + kPage - 1) / kPage * kPage) : std::malloc(bytes);
        if (memory == nullptr)
            throw std::bad_alloc();
        if (isLarge)
            ::madvise(memory, bytes, MADV_HUGEPAGE);
        return static_cast<T*>(memory);
    }
    void deallocate(T* memory, std::size_t /*count*/) { std::free(memory); }

    template <class Other>
    bool operator==(const HugePages<Other>&) const {
        return true;
    }

private:
    static constexpr std::size_t kPage = 2 << 20;
};

} // namespace halfopen
