// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace halfopen::dumping {

// What a DumpProcess and its child say to each other over a SOCK_SEQPACKET pair. Plain values: the child was cloned and
// not executed, and makes nothing but system calls.

// The kernel makes batches of 32 KiB at most (netlink_dump(), SKB_WITH_OVERHEAD(32768); bpf_seq_read(), PAGE_SIZE <<
// 3).
inline constexpr std::size_t kBatchBytes = 64 * 1024;
/// So many batches may wait to be read; then the child waits.
inline constexpr std::uint32_t kSlots = 8;

/// What comes with an order (SCM_RIGHTS).
enum class Kind : std::uint32_t {
    Netlink, ///< a socket by which a request is sent to the kernel, and its answer read
    Pass,    ///< a pass of a BPF iterator, which is read to its end: an empty batch
};

/// To the child: something to be read by the descriptor that comes with it, or (size 0) the oldest batch has been read.
struct Order {
    std::uint32_t size = 0; ///< of the request; of a pass: not 0
    Kind kind = Kind::Netlink;
    std::uint32_t whole = 1; ///< the answer ends with NLMSG_DONE or NLMSG_ERROR; 0: with its first message
    alignas(8) std::array<std::byte, 1024> request;
};

/// When a system call of the child began and returned, in ns on CLOCK_MONOTONIC; `coarse` is CLOCK_MONOTONIC_COARSE
/// read after `begun`.
struct CallTimes {
    std::int64_t begun = 0;
    std::int64_t coarse = 0;
    std::int64_t returned = 0;
};

/// From the child: a batch stands in its slot, or a call failed.
struct Report {
    std::uint32_t slot = 0;
    std::uint32_t size = 0;
    std::int32_t error = 0; ///< errno; then the child has ended
    std::uint8_t lost = 0;  ///< the socket's buffer overflowed (ENOBUFS): messages are missing
    std::uint8_t last = 0;
    std::uint8_t truncated = 0; ///< MSG_TRUNC
    CallTimes before;           ///< the call before, during which the kernel wrote this batch
    CallTimes now;
};

/// Serves orders until the channel is closed; does not return. Async-signal-safe throughout.
/// @param channel  the child's end
/// @param slots    kSlots of kBatchBytes, shared with the other side
[[noreturn]] void serve(int channel, std::byte* slots);

} // namespace halfopen::dumping
