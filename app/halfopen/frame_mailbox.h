// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"

#include <QObject>

#include <functional>
#include <mutex>

namespace halfopen {

/// Carries frames from the sampling thread to the GUI thread. Only the newest one is kept: a GUI that is late skips
/// frames and never has a queue of them.
class FrameMailbox final : public QObject {
    Q_OBJECT

public:
    /// @param deliver  called on the thread this object lives in
    explicit FrameMailbox(std::function<void(FramePtr)> deliver, QObject* parent = nullptr);

    /// Any thread; does not block.
    void put(FramePtr frame);
    /// Forgets what was not delivered yet.
    void clear();

private:
    void deliverNewest();

    std::function<void(FramePtr)> m_deliver;
    std::mutex m_mutex;
    FramePtr m_newest; ///< guarded by m_mutex; null: nothing is on its way
};

} // namespace halfopen
