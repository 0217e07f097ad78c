// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/privilege/direct_socket_operations.h"

#include <QObject>
#include <QThread>

#include <cstdint>
#include <memory>
#include <set>

namespace halfopen {

class BusOperations;

/// DirectSocketOperations on a thread of its own, because it looks through /proc: the window never waits for it.
/// Answers from the event loop of the thread it was made in. What is under way is not broken off by cancel(), since it
/// may be done already; but whatever would still need more rights than this process has is then answered with
/// Dismissed, so that nobody is asked for it after all.
class BackgroundSockets final : public QObject, public SocketOperations {
    Q_OBJECT

public:
    explicit BackgroundSockets(QObject* parent = nullptr);
    ~BackgroundSockets() override; ///< waits for what is under way

    RequestToken inspect(std::uint64_t netns, std::vector<std::uint64_t> cookies, bool interactive,
                         Done<std::vector<SocketReading>> done) override;
    RequestToken setOptions(std::uint64_t netns, std::vector<std::uint64_t> cookies, const OptionsChange& change,
                            Done<std::vector<SetResult>> done) override;
    RequestToken close(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                       Done<std::vector<CloseResult>> done) override;
    void cancel(RequestToken request) override;

private:
    /// Runs `work` on the worker thread and gives its result to `done` on this one, unless this is gone by then.
    template <class Work, class Answer>
    RequestToken inBackground(Work work, Answer done);

    DirectSocketOperations m_direct; ///< has no state
    RequestToken m_last = 0;
    std::set<RequestToken> m_open; ///< not answered and not called off
    QThread m_thread;
    QObject m_worker; ///< lives in m_thread
};

/// The door through which the window acts on sockets: this process alone where it has the rights itself (root, the
/// laboratory); else first this process, for the person's own sockets, and the helper for what it may not.
/// @param helper  shared with the window's other doors; null: this process has the rights itself
std::unique_ptr<SocketOperations> openSocketDoor(const std::shared_ptr<BusOperations>& helper);

} // namespace halfopen
