// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bus/background.h"
#include "core/actions/direct_socket_operations.h"

#include <QObject>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>

namespace halfopen {

class BusOperations;

/// DirectSocketOperations on threads of their own, because it looks through /proc, and the kernel may hold it up (see
/// Background): the window never waits for it. Answers from the event loop of the thread it was made in; after some
/// seconds in any case. What is under way is not broken off by cancel(), since it may be done already; but whatever
/// would still need more rights than this process has is then answered with Dismissed, so that nobody is asked for it
/// after all.
class BackgroundSockets final : public QObject, public SocketOperations {
    Q_OBJECT

public:
    explicit BackgroundSockets(QObject* parent = nullptr);
    RequestToken inspect(std::uint64_t netns, std::vector<std::uint64_t> cookies, bool interactive,
                         Done<std::vector<SocketReading>> done) override;
    RequestToken setOptions(std::uint64_t netns, std::vector<std::uint64_t> cookies, const OptionsChange& change,
                            Done<std::vector<SetResult>> done) override;
    RequestToken close(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                       Done<std::vector<CloseResult>> done) override;
    RequestToken closeWhole(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                            Done<std::vector<CloseResult>> done) override;
    void cancel(RequestToken request) override;

private:
    RequestToken end(std::uint64_t netns, std::vector<std::uint64_t> cookies, MptcpClose mptcp,
                     Done<std::vector<CloseResult>> done);
    /// Runs `work` on a thread of its own and gives its result to `done` on this one, unless this is gone by then.
    template <class Work, class Answer>
    RequestToken inBackground(Work work, Answer done);

    /// A request that is not answered yet.
    struct Open {
        quint64 piece = 0; ///< of the work
        std::function<void(const PrivilegeError&)> refuse;
    };

    void onHeldUp(RequestToken request);

    std::shared_ptr<const DirectSocketOperations> m_direct =
        std::make_shared<const DirectSocketOperations>(std::chrono::seconds(5));
    RequestToken m_last = 0;
    std::map<RequestToken, Open> m_open;
    std::set<RequestToken> m_calledOff; ///< of these
    Background m_background;
};

/// What the window acts on sockets through: this process alone where it has the rights itself (root, the
/// laboratory); else first this process, for the person's own sockets, and the helper for what it may not.
/// @param helper  shared with the window's other backends; null: this process has the rights itself
std::unique_ptr<SocketOperations> openSocketBackend(const std::shared_ptr<BusOperations>& helper);

} // namespace halfopen
