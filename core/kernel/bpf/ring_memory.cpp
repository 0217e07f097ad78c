// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/bpf/ring_memory.h"

#include <unistd.h>

#include <linux/bpf.h>
#include <sys/mman.h>

#include <atomic>
#include <cstdint>

namespace halfopen {

namespace {

std::size_t pageSize() {
    return static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

std::atomic_ref<unsigned long> positionIn(void* page) {
    return std::atomic_ref(*static_cast<unsigned long*>(page));
}

} // namespace

std::optional<RingMemory> RingMemory::map(int ring, std::size_t size) {
    void* const taken = ::mmap(nullptr, pageSize(), PROT_READ | PROT_WRITE, MAP_SHARED, ring, 0);
    if (taken == MAP_FAILED)
        return std::nullopt;
    void* const written =
        ::mmap(nullptr, pageSize() + 2 * size, PROT_READ, MAP_SHARED, ring, static_cast<off_t>(pageSize()));
    if (written == MAP_FAILED) {
        ::munmap(taken, pageSize());
        return std::nullopt;
    }
    return RingMemory(size, taken, written);
}

RingMemory::~RingMemory() {
    if (m_taken == nullptr)
        return;
    ::munmap(m_taken, pageSize());
    ::munmap(m_written, pageSize() + 2 * m_size);
}

void RingMemory::skipAll() {
    takeAll([](std::span<const std::byte>) {});
}

void RingMemory::takeAll(const std::function<void(std::span<const std::byte>)>& take) {
    std::byte* const data = static_cast<std::byte*>(m_written) + pageSize();
    unsigned long at = positionIn(m_taken).load(std::memory_order_relaxed);
    const unsigned long end = positionIn(m_written).load(std::memory_order_acquire);
    while (at < end) {
        std::byte* const record = data + (at & (m_size - 1));
        const std::uint32_t head =
            std::atomic_ref(*reinterpret_cast<std::uint32_t*>(record)).load(std::memory_order_acquire);
        if ((head & BPF_RINGBUF_BUSY_BIT) != 0)
            return;
        const std::uint32_t length = head & ~(BPF_RINGBUF_BUSY_BIT | BPF_RINGBUF_DISCARD_BIT);
        if ((head & BPF_RINGBUF_DISCARD_BIT) == 0)
            take({record + BPF_RINGBUF_HDR_SZ, length});
        at += (std::size_t{length} + BPF_RINGBUF_HDR_SZ + 7) / 8 * 8;
        positionIn(m_taken).store(at, std::memory_order_release);
    }
}

} // namespace halfopen
