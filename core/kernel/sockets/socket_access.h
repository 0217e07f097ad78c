// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"
#include "core/model/connection.h"
#include "core/model/keepalive_options.h"
#include "core/model/options_change.h"
#include "core/model/read_refusal.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace halfopen {

using OptionsReading = tl::expected<KeepaliveOptions, ReadRefusal>;

/// Which socket is meant, as a dump has told it. Its cookie names it; of an MPTCP connection the program's descriptor
/// has another one than its subflows, so there it takes more.
struct SocketMeant {
    /// Not explicit: of what is no MPTCP connection the cookie says it all.
    SocketMeant(std::uint64_t named)
        : cookie(named) {}
    /// Which a dump has told as a TCP socket that is no part of an MPTCP connection.
    SocketMeant(std::uint64_t named, std::uint32_t itsInode, State itsState)
        : cookie(named)
        , inode(itsInode)
        , state(itsState) {}
    explicit SocketMeant(const Connection& connection)
        : cookie(connection.cookie)
        , inode(connection.inode)
        , state(connection.state)
        , layer(connection.upperLayer)
        , local(connection.local)
        , remote(connection.remote) {}

    std::uint64_t cookie;
    std::uint32_t inode = 0; ///< which all subflows share with the whole; 0: not told
    State state = State::Close;
    UpperLayer layer = UpperLayer::None;
    Endpoint local;
    Endpoint remote;
};

/// What became of a change that the kernel took, or took a part of.
struct OptionsWriting {
    KeepaliveOptions before;
    KeepaliveOptions after;   ///< read back
    std::string_view refused; ///< the option that the kernel did not take, "TCP_KEEPCNT"; "": it took all of them
    int error = 0;            ///< with `refused`: the errno
    bool complete() const { return refused.empty(); }
};

/// Reads and sets the options of sockets that other processes hold, and closes them: pidfd_open(2), pidfd_getfd(2),
/// SO_COOKIE, getsockopt(2).
///
/// A fetched descriptor (core/kernel/sockets/fetched_socket.h) lives inside one call, is never kept, and never shut
/// down. What comes back is what is in effect: a value that nobody set is the sysctl's, so it changes with the sysctl,
/// and TCP_SYNCNT and TCP_LINGER2 are told the same way. All values are Exact.
///
/// Who may: the process's own user, where it is dumpable and Yama allows, or CAP_SYS_PTRACE.
/// Of an MPTCP connection the descriptor is that of the whole: what is set on it reaches every subflow, present and to
/// come, and who closes it closes the whole. It is taken for the subflow's where it has the same inode and tells the
/// subflow's addresses (MPTCP_SUBFLOW_ADDRS, 5.16). Source: net/mptcp/sockopt.c.
///
/// A connection that waits in a listener's queue has no descriptor. It inherited every option when it was made, so its
/// listener's (with the listener's cookie) stand for it; only an option set on the listener since then differs.
///
/// Holds the pidfd of the last process, so many sockets of one process in a row cost one pidfd_open(2). One thread.
class SocketAccess {
public:
    /// @param pid     process (thread group) of our own pid namespace
    /// @param fd      -1: it has none, an io_uring of the process holds the socket (InRing)
    /// @param meant   a descriptor of another socket is refused as Reused
    OptionsReading read(std::int32_t pid, std::int32_t fd, const SocketMeant& meant);

    /// Sets what is given, values before the switch so that the timer is armed to the new idle time, and reads back.
    /// Where the kernel refuses one of them (a BPF program of a control group, a security module), those that were set
    /// already are set back to what was; `after` tells whether that worked too.
    tl::expected<OptionsWriting, ReadRefusal> write(std::int32_t pid, std::int32_t fd, const SocketMeant& meant,
                                                    const OptionsChange& change);

    /// Ends the connection as its own program could: connect(2) to AF_UNSPEC. Its peer gets a reset, its program
    /// ECONNRESET; takes no right beyond that to fetch the descriptor. Source: net/ipv4/tcp.c, tcp_disconnect().
    /// @return Listener where the socket is one by now; InUse where a thread of the program waits on it just now and
    ///         the kernel therefore refuses (6.1 to 6.7); else as read()
    std::optional<ReadRefusal> close(std::int32_t pid, std::int32_t fd, const SocketMeant& meant);

    /// Lets go of the process held; to be called when a batch is over.
    void rest();

private:
    struct Fetched;
    tl::expected<Fetched, ReadRefusal> fetch(std::int32_t pid, std::int32_t fd, const SocketMeant& meant);
    std::optional<ReadRefusal> open(std::int32_t pid);

    UniqueFd m_process;
    std::int32_t m_pid = 0;               ///< whose pidfd it is
    std::optional<ReadRefusal> m_refusal; ///< m_pid lets us read nothing; holds for the batch
};

} // namespace halfopen
