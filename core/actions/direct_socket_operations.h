// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/setting_together.h"
#include "core/actions/socket_closing.h"
#include "core/actions/socket_operations.h"
#include "core/kernel/netns/netns_access.h"
#include "core/model/connection.h"
#include "core/model/socket_results.h"

#include <chrono>
#include <memory>
#include <utility>

namespace halfopen {

/// What became of a change of one socket's options.
struct OptionsSet {
    std::uint64_t cookie = 0;
    Outcome<KeepaliveOptions> outcome; ///< as in SetResult
    bool written = false;  ///< the kernel was asked to change it, so what follows is told, also of a failure
    Connection connection; ///< as it was looked up
    KeepaliveOptions before;
    KeepaliveOptions after; ///< read back
};

/// Does it in this process, with the rights that the process has: for one's own sockets, for root, and for the helper,
/// which puts the bus and polkit before it. Looks every cookie up itself, in the network namespace of the calling
/// thread, finds the owners itself, and has the cookie of the fetched descriptor compared before it is touched. (Since
/// Linux 5.4 a cookie is unique over all network namespaces, so nothing outside of this one is ever hit.) Of sockets
/// that are not meant no descriptor is ever taken, and the look through /proc ends with the last socket that is to be
/// changed or closed; to read, it goes on, since all owners are told.
///
/// Blocks for two dumps and one pass through /proc, two where a process ended or closed a descriptor in between; never
/// longer than the time limit for the passes. No state; may be shared.
class DirectSocketOperations final : public SocketOperations {
public:
    /// @param timeLimit  for the looks through /proc/PID/fd of one call; then it is answered with Busy
    /// @param netns      where the sockets live that it is asked about
    /// @param changeMany  see setSockets()
    explicit DirectSocketOperations(std::chrono::milliseconds timeLimit = std::chrono::seconds(15),
                                    NetnsAccessPtr netns = ownNetnsAccess(), ChangeMany changeMany = changeByOwnRights)
        : m_timeLimit(timeLimit)
        , m_netns(std::move(netns))
        , m_changeMany(std::move(changeMany)) {}

    /// The same in another network namespace.
    std::shared_ptr<const DirectSocketOperations> in(NetnsAccessPtr netns) const {
        return std::make_shared<const DirectSocketOperations>(m_timeLimit, std::move(netns), m_changeMany);
    }
    /// Inode of the one that it acts in.
    NetnsId netns() const { return m_netns->inode(); }

    RequestToken inspect(std::uint64_t netns, std::vector<std::uint64_t> cookies, bool interactive,
                         Done<std::vector<SocketReading>> done) override;
    RequestToken setOptions(std::uint64_t netns, std::vector<std::uint64_t> cookies, const OptionsChange& change,
                            Done<std::vector<SetResult>> done) override;
    RequestToken close(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                       Done<std::vector<CloseResult>> done) override;
    RequestToken closeWhole(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                            Done<std::vector<CloseResult>> done) override;
    void cancel(RequestToken) override {} ///< nothing is ever left unanswered

    /// The same verbs, answering by their return value.
    /// read() of a connection that waits in a listener's queue gives the listener's options, which it inherits.
    Outcome<std::vector<SocketReading>> read(std::uint64_t netns, const std::vector<std::uint64_t>& cookies) const;
    /// Many are changed in one pass by the kernel itself, and those that no process has a descriptor of, where this
    /// process may load programs for that (CAP_BPF); so there may be any number of them.
    Outcome<std::vector<OptionsSet>> set(std::uint64_t netns, const std::vector<std::uint64_t>& cookies,
                                         const OptionsChange& change) const;
    Outcome<std::vector<CloseResult>> end(std::uint64_t netns, const std::vector<std::uint64_t>& cookies,
                                          MptcpClose mptcp = MptcpClose::Subflow) const;

    /// What can be refused without touching a socket, for use before a question is asked: OutOfRange, WrongNamespace,
    /// and NoSuchConnection where none of the sockets is there (any more). Costs a dump.
    /// @return those that are there, each once
    Outcome<std::vector<Connection>> check(std::uint64_t netns, const std::vector<std::uint64_t>& cookies) const;
    /// The same, those left out that cannot have other options at all, and NotSupported where nothing else is left.
    Outcome<std::vector<Connection>> checkSet(std::uint64_t netns, const std::vector<std::uint64_t>& cookies,
                                              const OptionsChange& change) const;
    /// The same, listeners left out, and OutOfRange where nothing else is left.
    Outcome<std::vector<Connection>> checkClose(std::uint64_t netns, const std::vector<std::uint64_t>& cookies) const;

private:
    Outcome<void> checkHere(std::uint64_t netns, const std::vector<std::uint64_t>& cookies) const;
    Outcome<void> checkIn(std::uint64_t netns) const;

    std::chrono::milliseconds m_timeLimit;
    NetnsAccessPtr m_netns;
    ChangeMany m_changeMany;
};

} // namespace halfopen
