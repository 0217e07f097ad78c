// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <utility>

namespace halfopen {

/// A BPF ring buffer in this process's memory: nothing but mmap(2) is needed to read it. One thread.
/// Source: kernel/bpf/ringbuf.c; include/uapi/linux/bpf.h, BPF_RINGBUF_HDR_SZ.
class RingMemory {
public:
    /// @param size  of its data, in bytes, a power of two. @return nullopt and errno where it fails
    static std::optional<RingMemory> map(int ring, std::size_t size);
    RingMemory(RingMemory&& other) noexcept
        : m_size(other.m_size)
        , m_taken(std::exchange(other.m_taken, nullptr))
        , m_written(std::exchange(other.m_written, nullptr)) {}
    RingMemory& operator=(RingMemory&&) = delete;
    ~RingMemory();

    /// What is in it is thrown away.
    void skipAll();
    /// Takes what is in it, in the order in which it was begun; what is being written now stays for the next time.
    void takeAll(const std::function<void(std::span<const std::byte>)>& take);

private:
    RingMemory(std::size_t size, void* taken, void* written)
        : m_size(size)
        , m_taken(taken)
        , m_written(written) {}

    std::size_t m_size;
    void* m_taken;   ///< a page: how far it was read
    void* m_written; ///< a page: how far it was written; and the data after it, twice, so that nothing is in two pieces
};

} // namespace halfopen
