// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/dump_reader.h"
#include "core/kernel/diag/dump_socket.h"
#include "core/kernel/diag/exact_lookup.h"
#include "core/kernel/diag/kernel_asker.h"
#include "core/kernel/diag/locked_socket.h"
#include "core/kernel/diag/message_reader.h"
#include "core/kernel/diag/mptcp_dump.h"
#include "core/kernel/diag/socket_count.h"
#include "core/kernel/diag/source.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_set>
#include <vector>

namespace halfopen {

/// A batch of messages as the kernel sent it, and what its sockets are decoded with; see Connection and BatchContext.
struct RawBatch {
    ByteView bytes; ///< valid during the call only
    MonotonicTime sampled{};
    bool tickCertain = true;
    std::uint16_t readBefore = 0;
    bool withInfo = true;
    bool ofMptcp = false; ///< MPTCP sockets, of which only those count that WithoutSubflow lets through
};

/// The live kernel: dumps of IPv4 and IPv6 in one, over a NETLINK_SOCK_DIAG socket that a process of its own reads. It
/// sees one network namespace, that of the thread that opened it or another one, and stays in it.
///
/// Where a program holds the lock of one of its sockets, a dump with tcp_info stops there (see DumpProcess). After 2 s
/// the sample goes on without tcp_info, and so do those after it until the lock is let go; SampleSummary::locked says
/// so.
///
/// Of another namespace than one's own only the listeners are asked for where there were none but them and the kernel
/// counts no socket beside them, and everything every 30 s: what is not counted (SYN-RECV, sockets that are only bound,
/// MPTCP connections without a subflow) may be as old when it is first shown. For sockets that are only bound the
/// kernel walks over a second table of the whole machine, so where there were none they are asked for as seldom.
class NetlinkSource : public Source {
public:
    /// @param netns   where; after a failure it opens a new socket (of one's own namespace: on the thread that samples)
    /// @param reader  reads the dumps, of other sources too
    /// @return        NotSupported where the kernel has no sock_diag, NotPermitted where a filter forbids it
    static Result<std::unique_ptr<NetlinkSource>> open(NetnsAccessPtr netns = ownNetnsAccess(),
                                                       DumpReaderPtr reader = std::make_shared<DumpReader>());
    ~NetlinkSource() override;

    /// Each batch is stamped with the time at which the call before it returned: the kernel fills the next batch before
    /// recv() hands out the one before (net/netlink/af_netlink.c, netlink_recvmsg() calls netlink_dump()), so that is
    /// when its numbers were true. An interrupted dump or ENOBUFS starts again, and so
    /// does a short one that met a tick (then its numbers may belong to the tick before); three times at most.
    Result<SampleSummary> sample(const SampleRequest& request, ConnectionSink& sink) override;
    bool live() const override { return true; }
    std::chrono::nanoseconds helpersTime() const override { return m_reader->cpuTime(); }
    bool isStillThere(const Connection& connection) override { return m_exact && m_exact->isThere(connection); }
    Result<KernelAnswer> answer(const KernelQuestion& question) override;
    std::unique_ptr<PathSource> paths() const override;

    /// Asks for the first part of what addOthers() sends, and does not wait. What reads the answer must have nothing
    /// else to do until then.
    void askOthers(const SampleRequest& request);
    /// Whether a socket with this inode is an MPTCP connection, or a subflow of one, as the last sample showed. It
    /// takes no tcp_info to know it, which alone comes with Connection::upperLayer.
    bool isMptcp(std::uint32_t inode) const { return m_mptcpInodes.contains(inode); }

    /// Sends what another source than sock_diag does not list: sockets that are only bound, and MPTCP connections that
    /// have lost their last subflow.
    Result<void> addOthers(const SampleRequest& request, ConnectionSink& sink, SampleSummary& summary);
    /// What reads its dumps.
    const DumpReaderPtr& reader() const { return m_reader; }

    /// Called with every batch as it came, before it is decoded; for recordings and streams. @param tap may be empty
    void setTap(std::function<void(const RawBatch&)> tap) { m_tap = std::move(tap); }

private:
    /// How a dump ended.
    struct Dumped {
        BatchStatus status;
        bool stopped = false; ///< the kernel waits for a socket's lock
        bool heldUp = false;  ///< a batch may have been read more than a tick before it was stamped
        int batches = 0;
    };
    NetlinkSource(NetnsAccessPtr netns, DumpReaderPtr reader, DumpSocket socket);

    Result<DumpProcess*> begin();
    Result<void> send(const SampleRequest& request);
    bool isQuiet(const SampleRequest& request, MonotonicTime now);
    Result<BatchStatus> readQuiet(SampleRequest request, ConnectionSink& sink, SampleSummary& summary);
    Result<BatchStatus> readWhole(const SampleRequest& request, ConnectionSink& sink, SampleSummary& summary);
    void discard();
    Result<Dumped> dump(const SampleRequest& request, ConnectionSink& sink, SampleSummary& summary);
    Result<Dumped> readDump(const SampleRequest& request, ConnectionSink& sink, SampleSummary& summary);
    Result<BatchStatus> readAll(const SampleRequest& request, ConnectionSink& sink, SampleSummary& summary);
    Result<Dumped> readAnswer(BatchContext context, const TickClock& clock, ConnectionSink& sink,
                              SampleSummary& summary, bool ofMptcp = false);
    Result<void> addMptcp(const SampleRequest& request, ConnectionSink& sink, SampleSummary& summary);
    Result<BatchStatus> goOnWithoutInfo(SampleRequest request, ConnectionSink& sink, SampleSummary& summary);
    bool isLocked();

    NetnsAccessPtr m_access;
    UidMap m_users;
    DumpReaderPtr m_reader;                 ///< never null
    std::optional<DumpSocket> m_socket;     ///< none after a failure, until the next sample
    std::unique_ptr<DumpProcess> m_stopped; ///< waits for a socket's lock; null where none does
    std::optional<SocketCounter> m_counter; ///< of another namespace than one's own
    SocketCount m_counted;                  ///< before the sample at hand
    std::size_t m_listeners = 0;            ///< that the last sample listed
    bool m_onlyListeners = false;           ///< and nothing else
    bool m_hasBound = true;                 ///< the last one that asked for all showed some that are only bound
    MonotonicTime m_whole{};                ///< when all was asked for last
    MonotonicTime m_mptcpAsked{};           ///< likewise for MPTCP connections
    LockedSocketSearch m_search;
    std::optional<ExactLookup> m_exact; ///< nullopt where none can be had
    std::optional<KernelAsker> m_asker; ///< likewise
    std::function<void(const RawBatch&)> m_tap;
    std::uint64_t m_lastCookie = 0; ///< of the last dump, as far as it came
    std::uint32_t m_sequence = 0;
    NetnsId m_netns = 0;
    bool m_first = true;
    bool m_asked = false; ///< by askOthers(), and not read yet
    std::unordered_set<std::uint32_t> m_mptcpInodes;
    SharedCookies m_mptcpShared;
    bool m_mptcp = true;    ///< MPTCP sockets can be asked for
    bool m_hasMptcp = true; ///< the last whole sample showed some, or a subflow of one
};

/// Tells the sink how many sockets of one's own namespace there are, about.
void expectAll(const NetnsAccess& netns, ConnectionSink& sink);

} // namespace halfopen
