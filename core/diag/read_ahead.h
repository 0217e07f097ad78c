// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diag/batch.h"

#include <array>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <thread>

namespace halfopen {

/// Reads batches on a thread of its own while the caller works on the ones before: the kernel needs longer to write a
/// large dump than Halfopen to decode it, and it writes inside recvmsg(). At most eight batches are read ahead. Use it
/// from one thread; its own thread ends with it.
class ReadAhead {
public:
    /// Reads one batch into the buffer, on the thread of ReadAhead. It must not wait for one: an empty batch says that
    /// no more is there. After that or an error it is not called again.
    using Read = std::function<Result<Batch>(std::span<std::byte> buffer)>;

    /// Starts reading. @return null where the system allows no further thread
    static std::unique_ptr<ReadAhead> begin(Read read, std::size_t bufferBytes);
    /// Waits for the call of `read` that is under way; what was read ahead is dropped.
    ~ReadAhead();
    ReadAhead(const ReadAhead&) = delete;
    ReadAhead& operator=(const ReadAhead&) = delete;

    /// The next batch, in the order read; waits for it. Valid until the next call.
    /// @return  what `read` returned: after an error or an empty batch only empty ones come
    Result<Batch> next();

private:
    ReadAhead(Read read, std::size_t bufferBytes);
    void run();
    bool waitForRoom();
    void publish(bool last);
    void release();

    static constexpr std::size_t kSlots = 8;
    struct Slot {
        std::unique_ptr<std::byte[]> buffer;
        Result<Batch> batch;
    };

    const Read m_read;
    const std::size_t m_bufferBytes;
    std::array<Slot, kSlots> m_slots; ///< the caller's from m_first on, m_filled of them; the others are the thread's
    std::mutex m_mutex;               ///< guards all below
    std::condition_variable m_filledUp;
    std::condition_variable m_freed;
    std::size_t m_first = 0;
    std::size_t m_filled = 0;
    bool m_inUse = false; ///< the first slot is what next() returned last
    bool m_ended = false; ///< no further batch will come
    bool m_stop = false;  ///< no further batch is wanted
    std::jthread m_thread;
};

} // namespace halfopen
