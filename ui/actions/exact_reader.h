// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/socket_operations.h"
#include "core/model/order.h"
#include "ui/actions/targets.h"

#include <QObject>

#include <functional>
#include <optional>
#include <unordered_set>
#include <vector>

namespace halfopen {

/// Options and owners of sockets that this user may not read: asked for once by a person. Where the kernel can be asked
/// for all of them at once (OpenExact), that is done, and every socket is read exactly from then on; else those that
/// are there are read one by one, and new ones without another dialog for as long as the permission lasts. GUI thread.
class ExactReader final : public QObject {
    Q_OBJECT

public:
    /// Has samples made by programs that read every socket (ExactOpened); a dialog may be opened. Answered once, on the
    /// GUI thread; NotSupported where this machine cannot have them.
    using OpenExact = std::function<void(std::function<void(Outcome<void>)> done)>;

    /// @param operations  outlives this
    /// @param open        empty: it cannot be had
    ExactReader(SocketOperations& operations, OpenExact open, QObject* parent = nullptr);

    /// Reads everything in the frame that could not be read so far; a dialog may be opened.
    void ask(const FramePtr& frame);
    /// Keeps it up with every frame. A permission that has ended ends this without a word.
    void follow(const FramePtr& frame);

    bool isBusy() const { return m_busy; }

Q_SIGNALS:
    void stateChanged();                                ///< isBusy(), or whether new connections are being read
    void read(const halfopen::ReadingsOrder& readings); ///< for the sampling thread to know
    void opened();                                      ///< every socket is read exactly from the next frame on
    /// What was asked for by a person is done. @param failed  how many could not be read, for another reason than that
    /// they have closed
    void answered(int count, int failed);
    void refused(const halfopen::PrivilegeError& error); ///< of what a person has asked for; also Dismissed

private:
    bool isWorthALook(const Frame& frame);
    void openAll();
    void onOpened(const Outcome<void>& outcome);
    void next(bool interactive);
    void finish(bool interactive);
    void onRead(const SocketKey& first, const std::vector<SocketReading>& readings);

    SocketOperations& m_operations;
    OpenExact m_open;
    std::vector<SocketKey> m_left;         ///< those of one namespace side by side
    std::unordered_set<SocketKey> m_tried; ///< not to be asked for again while they are there
    std::uint64_t m_seen = 0;              ///< sequence of the last frame
    int m_looks = 0; ///< frames to look through yet: who holds a new socket is known a frame or two later
    int m_count = 0;
    int m_failed = 0;
    bool m_active = false; ///< new connections are being read
    bool m_busy = false;
};

/// The rows of the frame whose options or owners are for others to read only, see needsPermission(); those of one
/// namespace side by side.
std::vector<SocketKey> socketsThatNeedPermission(const Frame& frame);

} // namespace halfopen
