// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/source.h"
#include "core/kernel/unique_fd.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace halfopen {

/// One line of /proc/PID/net/tcp or tcp6: addresses, state, queues, the armed timer to 10 ms, user and inode. There is
/// no tcp_info in it. Its key stands in for the cookie, see isStandIn(). Pure.
/// @param sampled  before the line was read
/// @param netns    tells namespaces apart; part of the key
/// @return         nullopt for the line of titles, and for what is none of these
std::optional<Connection> parseProcNetTcp(std::string_view line, bool inet6, MonotonicTime sampled, NetnsId netns);

/// What anybody may see of the connections in another's network namespace: the tables of a process there, which the
/// kernel shows whoever asks (fs/proc/proc_net.c: no ptrace check). Reads those of one process, of the next where that
/// has ended, of any that has come since where all have; where nobody lives there, samples fail with NotFound.
///
/// While the kernel counts no socket but listeners, those that were read last are told again, for up to 30 s: each
/// reading walks over the sockets of the whole machine.
class ProcNetSource : public Source {
public:
    /// @param pids       live in the namespace
    /// @param procInode  FoundNetns::procInode, which tells whether it still does
    /// @return           NotPermitted, NotFound
    static Result<std::unique_ptr<ProcNetSource>> open(std::vector<std::int32_t> pids, NetnsId procInode);

    Result<SampleSummary> sample(const SampleRequest& request, ConnectionSink& sink) override;
    bool live() const override { return true; }
    Result<KernelAnswer> answer(const KernelQuestion&) override {
        return failure(ErrorCode::NotSupported,
                       Sentence::tr("Marks, control groups and bound ports of sockets in a network "
                                    "namespace of somebody else's are told to an administrator only."));
    }

private:
    ProcNetSource(std::vector<std::int32_t> pids, NetnsId procInode)
        : m_pids(std::move(pids))
        , m_procInode(procInode) {}
    Result<void> read(bool inet6, ConnectionSink& sink);
    Result<void> readTables(ConnectionSink& sink);
    void note(const Connection& connection);
    bool isQuiet(MonotonicTime now) const;
    bool isInhabited() const;
    bool findInhabitant();
    void findNewcomers();
    std::int32_t pid() const { return m_pids.back(); }

    std::vector<std::int32_t> m_pids; ///< the last of them is read; never empty
    NetnsId m_procInode;
    /// Its /proc/PID/net/stat, which keeps that number from being given to another one, and nothing alive (fs/proc/
    /// generic.c, pde_put()).
    UniqueFd m_number;
    std::vector<Connection> m_listeners; ///< of the last reading
    bool m_onlyListeners = false;        ///< it had nothing else
    MonotonicTime m_read{};              ///< when it began
};

} // namespace halfopen
