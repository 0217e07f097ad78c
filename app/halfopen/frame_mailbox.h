// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"

#include <QObject>

#include <functional>
#include <memory>
#include <mutex>

namespace halfopen {

/// Carries frames from the sampling thread to the GUI thread. Only the newest one is kept: a GUI that is late skips
/// frames and never has a queue of them.
class FrameMailbox final : public QObject {
    Q_OBJECT

public:
    /// @param deliver  called on the thread this object lives in
    explicit FrameMailbox(std::function<void(FramePtr)> deliver, QObject* parent = nullptr);
    ~FrameMailbox() override;

    /// Takes frames: from any thread, without blocking, also when the mailbox is gone.
    std::function<void(FramePtr)> slot() const;
    /// Nothing comes any more from the slots given out so far, nor what was not delivered yet.
    void renew();

private:
    /// What a sampling thread may use when this is gone.
    struct Slot {
        std::mutex mutex;
        FrameMailbox* owner = nullptr; ///< guarded by the mutex, as the next; null: nobody takes them
        FramePtr newest;               ///< null: nothing is on its way
    };

    static void put(Slot& slot, FramePtr frame);
    void deliverNewest();

    std::function<void(FramePtr)> m_deliver;
    std::shared_ptr<Slot> m_slot;
};

} // namespace halfopen
