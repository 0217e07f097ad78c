// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/decode.h"
#include "core/kernel/diag/dump_channel.h"
#include "core/kernel/diag/dump_socket.h"
#include "core/kernel/unique_fd.h"
#include "core/model/error.h"

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <span>
#include <utility>

namespace halfopen {

/// A process that reads sock_diag sockets and passes of BPF iterators, cloned from this one. For tcp_info, and for each
/// record of an iterator of sockets, the kernel takes the lock of the socket (net/ipv4/tcp.c, tcp_get_info(),
/// lock_sock()), and a program that sits in send() on a page that does not come holds it as long as it likes: whoever
/// waits for it does so uninterruptibly, and cannot be killed before. A thread that waits so would keep its whole
/// process from ending; a process can be left behind. It ends with the lock.
///
/// While the kernel writes a batch, the one before is decoded here. One thread.
class DumpProcess {
public:
    /// A batch as it came.
    struct Batch {
        ByteView bytes; ///< valid until the next call
        dumping::CallTimes before;
        dumping::CallTimes now;
        bool lost = false; ///< messages of this dump were lost (ENOBUFS)
        bool last = false; ///< the answer is complete
    };

    /// @return Unreadable where no process can be made
    static Result<std::unique_ptr<DumpProcess>> start();
    ~DumpProcess();
    DumpProcess(const DumpProcess&) = delete;
    DumpProcess& operator=(const DumpProcess&) = delete;

    /// Sends a request. The answer of the one before must have been read to its end.
    /// @param socket  to ask by, which the process has for as long as the answer takes
    /// @param whole   the answer ends with NLMSG_DONE; false: it is one message
    Result<void> ask(const DumpSocket& socket, std::span<const std::byte> request, bool whole);
    /// Reads a pass of a BPF iterator to its end, an empty batch that is the last.
    Result<void> readPass(const UniqueFd& pass);
    /// The next batch of the answer, waited for as long as the kernel is at it.
    /// @param timeLimit  then it is looked whether the process waits for a lock
    /// @return          nullptr: it does. Else errors as sockDiagError() has them
    Result<const Batch*> next(std::chrono::milliseconds timeLimit);

    /// It waits for a lock: it is given up and ends with the lock. Nothing but ended() may be asked from then on.
    void abandon();
    /// An abandoned one is gone: the lock it waited for has been let go.
    bool ended();

    pid_t pid() const { return m_child; }
    /// What it has taken so far; 0 where that cannot be told.
    std::chrono::nanoseconds cpuTime() const;

private:
    DumpProcess() = default;

    Result<void> clone();
    void release();
    bool reap();
    bool waitsInKernel() const;
    Result<void> order(const dumping::Order& order, int source);
    tl::unexpected<Error> refused(int error) const;
    Result<const Batch*> take(const dumping::Report& report);

    UniqueFd m_channel;
    std::byte* m_slots = nullptr; ///< shared with the child
    pid_t m_parent = 0;           ///< a copy of this process that fork(2) made must not end the child
    pid_t m_child = 0;
    Batch m_batch;
    bool m_held = false; ///< m_batch has not been given back
    bool m_abandoned = false;
    dumping::Kind m_kind = dumping::Kind::Netlink; ///< of the last order
};

} // namespace halfopen
