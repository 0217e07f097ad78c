// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/bpf/exact_programs.h"
#include "core/kernel/diag/dump_process.h"
#include "core/kernel/diag/netlink_source.h"
#include "core/kernel/netns/netns_access.h"
#include "core/kernel/tick/offset_vote.h"
#include "core/model/tick_clock.h"

#include <cstdint>
#include <memory>
#include <utility>

namespace halfopen {

struct ExactSocket;

/// The live kernel by a BPF iterator: options, timers and what else the structures of every socket of a network
/// namespace hold, whoever's it is. sock_diag tells of what no iterator walks through (sockets that are only bound,
/// MPTCP connections without a subflow), of single sockets, and of all where a program holds the lock of one of its
/// own: until it lets go the iterator would wait there.
class ExactSource final : public Source {
public:
    /// @param netns   which it dumps; the own one, or one that is entered with an administrator's rights
    /// @param reader  reads the passes, of other sources too
    /// @return        as NetlinkSource::open(), Unreadable where no pass can be made there
    static Result<std::unique_ptr<Source>> open(ExactProgramsPtr programs, NetnsAccessPtr netns = ownNetnsAccess(),
                                                DumpReaderPtr reader = std::make_shared<DumpReader>());
    ~ExactSource() override;

    Result<SampleSummary> sample(const SampleRequest& request, ConnectionSink& sink) override;
    bool live() const override { return true; }
    bool isStillThere(const Connection& connection) override { return m_diag->isStillThere(connection); }
    Result<KernelAnswer> answer(const KernelQuestion& question) override { return m_diag->answer(question); }
    std::unique_ptr<PathSource> paths() const override { return m_diag->paths(); }
    std::chrono::nanoseconds helpersTime() const override;

private:
    /// How a pass of the iterator ended.
    enum class Pass : std::uint8_t {
        Done,
        Stopped, ///< the kernel waits for a socket's lock
    };

    ExactSource(ExactProgramsPtr programs, NetnsAccessPtr netns, DumpReaderPtr reader,
                std::unique_ptr<NetlinkSource> diag);

    Result<DumpProcess*> begin();
    Result<Pass> iterate(const SampleRequest& request, ConnectionSink& sink);
    Result<bool> handOn(ByteView batch, const SampleRequest& request, ConnectionSink& sink);
    void addDetail(const SampleRequest& request, SampleSummary& summary);
    bool isLocked();
    /// sock_diag can be asked while a pass is read.
    bool isBeside() const { return m_diag->reader() != m_reader; }

    ExactProgramsPtr m_programs;
    NetnsAccessPtr m_access;
    DumpReaderPtr m_reader;                 ///< of the passes
    std::unique_ptr<NetlinkSource> m_diag;  ///< in one's own namespace read by a process of its own, beside the pass
    std::unique_ptr<DumpProcess> m_stopped; ///< waits for a socket's lock; null where none does
    std::unique_ptr<ExactSocket> m_socket;  ///< the one at hand
    Connection m_detailed;                  ///< that of SampleRequest::detailCookie, once it came by
    std::uint64_t m_netnsCookie = 0;
    TickClock m_rate;     ///< without an offset
    OffsetVote m_offsets; ///< of the pass at hand
    bool m_first = true;
};

/// @param programs  null: there are none
/// @return          an ExactSource where one can be had, else a NetlinkSource
Result<std::unique_ptr<Source>> openLiveSource(const ExactProgramsPtr& programs,
                                               const NetnsAccessPtr& netns = ownNetnsAccess(),
                                               const DumpReaderPtr& reader = std::make_shared<DumpReader>());

} // namespace halfopen
