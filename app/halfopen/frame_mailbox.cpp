// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/frame_mailbox.h"

#include <utility>

namespace halfopen {

FrameMailbox::FrameMailbox(std::function<void(FramePtr)> deliver, QObject* parent)
    : QObject(parent)
    , m_deliver(std::move(deliver)) {}

void FrameMailbox::put(FramePtr frame) {
    FramePtr skipped; // freed outside the lock
    {
        const std::lock_guard lock(m_mutex);
        skipped = std::exchange(m_newest, std::move(frame));
    }
    if (!skipped)
        QMetaObject::invokeMethod(
            this, [this] { deliverNewest(); }, Qt::QueuedConnection);
}

void FrameMailbox::clear() {
    const std::lock_guard lock(m_mutex);
    m_newest.reset();
}

void FrameMailbox::deliverNewest() {
    FramePtr frame;
    {
        const std::lock_guard lock(m_mutex);
        frame = std::exchange(m_newest, nullptr);
    }
    if (frame)
        m_deliver(std::move(frame));
}

} // namespace halfopen
