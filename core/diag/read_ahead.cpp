// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diag/read_ahead.h"

#include <system_error>
#include <utility>

namespace halfopen {

namespace {

// Whoever waits is woken for several batches at once: waking for each would cost more than reading it ahead saves.
constexpr std::size_t kWorthWaking = 4;

} // namespace

std::unique_ptr<ReadAhead> ReadAhead::begin(Read read, std::size_t bufferBytes) {
    std::unique_ptr<ReadAhead> ahead(new ReadAhead(std::move(read), bufferBytes));
    try {
        ahead->m_thread = std::jthread([raw = ahead.get()] { raw->run(); });
    } catch (const std::system_error&) {
        return nullptr;
    }
    return ahead;
}

ReadAhead::ReadAhead(Read read, std::size_t bufferBytes)
    : m_read(std::move(read))
    , m_bufferBytes(bufferBytes) {
    for (Slot& slot : m_slots)
        slot.buffer = std::make_unique_for_overwrite<std::byte[]>(bufferBytes);
}

ReadAhead::~ReadAhead() {
    {
        const std::scoped_lock lock(m_mutex);
        m_stop = true;
    }
    m_freed.notify_one();
}

void ReadAhead::run() {
    for (std::size_t next = 0; waitForRoom(); next = (next + 1) % kSlots) {
        Slot& slot = m_slots[next];
        slot.batch = m_read({slot.buffer.get(), m_bufferBytes});
        const bool last = !slot.batch || slot.batch->bytes.empty();
        publish(last);
        if (last)
            return;
    }
}

/// @return false where nobody wants a further batch
bool ReadAhead::waitForRoom() {
    std::unique_lock lock(m_mutex);
    if (m_filled == kSlots)
        m_freed.wait(lock, [&] { return m_filled <= kSlots - kWorthWaking || m_stop; });
    return !m_stop;
}

void ReadAhead::publish(bool last) {
    const std::scoped_lock lock(m_mutex);
    ++m_filled;
    m_ended = last;
    if (m_filled == kWorthWaking || last)
        m_filledUp.notify_one();
}

void ReadAhead::release() {
    m_first = (m_first + 1) % kSlots;
    --m_filled;
    m_inUse = false;
    if (m_filled == kSlots - kWorthWaking)
        m_freed.notify_one();
}

Result<Batch> ReadAhead::next() {
    std::unique_lock lock(m_mutex);
    if (m_inUse)
        release();
    if (m_filled == 0)
        m_filledUp.wait(lock, [&] { return m_filled >= kWorthWaking || m_ended; });
    if (m_filled == 0)
        return Batch{};
    m_inUse = true;
    return m_slots[m_first].batch;
}

} // namespace halfopen
