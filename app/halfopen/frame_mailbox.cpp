// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/frame_mailbox.h"

#include <utility>

namespace halfopen {

FrameMailbox::FrameMailbox(std::function<void(FramePtr)> deliver, QObject* parent)
    : QObject(parent)
    , m_deliver(std::move(deliver))
    , m_slot(std::make_shared<Slot>()) {
    m_slot->owner = this;
}

FrameMailbox::~FrameMailbox() {
    const std::lock_guard lock(m_slot->mutex);
    m_slot->owner = nullptr;
}

std::function<void(FramePtr)> FrameMailbox::slot() const {
    return [slot = m_slot](FramePtr frame) { put(*slot, std::move(frame)); };
}

void FrameMailbox::renew() {
    auto next = std::make_shared<Slot>();
    next->owner = this;
    const auto before = std::exchange(m_slot, std::move(next));
    const std::lock_guard lock(before->mutex);
    before->owner = nullptr;
}

void FrameMailbox::put(Slot& slot, FramePtr frame) {
    FramePtr skipped; // freed outside the lock
    const std::lock_guard lock(slot.mutex);
    if (slot.owner == nullptr)
        return;
    skipped = std::exchange(slot.newest, std::move(frame));
    if (!skipped)
        QMetaObject::invokeMethod(
            slot.owner, [owner = slot.owner] { owner->deliverNewest(); }, Qt::QueuedConnection);
}

void FrameMailbox::deliverNewest() {
    FramePtr frame;
    {
        const std::lock_guard lock(m_slot->mutex);
        frame = std::exchange(m_slot->newest, nullptr);
    }
    if (frame)
        m_deliver(std::move(frame));
}

} // namespace halfopen
