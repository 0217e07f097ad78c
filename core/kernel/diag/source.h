// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/path_source.h"
#include "core/model/connection.h"
#include "core/model/contexts.h"
#include "core/model/error.h"
#include "core/model/exact_facts.h"
#include "core/model/kernel_fact.h"
#include "core/model/socket_filter.h"
#include "core/model/surroundings.h"
#include "core/model/tcp_sysctls.h"
#include "core/model/tick_clock.h"
#include "core/model/told_socket.h"
#include "core/model/units.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace halfopen {

/// What a sample is asked for.
struct SampleRequest {
    SocketFilter only;      ///< what may be left out, where the source can; all to begin with
    bool congestion = true; ///< ask for the name of the congestion control: a twentieth of what a dump costs
    /// Asks again where the tick of a short dump is uncertain, for moments to the jiffy. Not worth it for what is
    /// looked at in turn: on a busy machine it takes three walks over the sockets of the machine instead of one.
    bool toTheTick = true;
    bool info = true;               ///< ask for tcp_info, for which the kernel takes the lock of every socket
    std::uint64_t detailCookie = 0; ///< keep the raw tcp_info of this socket; 0: of none
    TickClock clock;                ///< the kernel's tick, to tell which batches it was advanced in
};

/// Takes the connections of one sample as they are decoded, in the order of the dump.
class ConnectionSink {
public:
    virtual ~ConnectionSink() = default;
    /// About so many will come; a hint that may be wrong.
    virtual void expect(std::size_t) {}
    /// Everything so far is void: the dump was interrupted and starts again.
    virtual void restart() = 0;
    /// @param connection  valid during the call only
    virtual void add(const Connection& connection) = 0;
    /// Of the one that was added last: it is a subflow of the MPTCP connection with this token, see MptcpPart.
    virtual void addToken(std::uint64_t /*cookie*/, std::uint32_t /*token*/) {}
    /// add() of a socket of which all is known. @param facts  valid during the call only
    virtual void addExact(const Connection& connection, const ExactFacts& /*facts*/) { add(connection); }
};

/// What is known of a sample as a whole.
struct SampleSummary {
    MonotonicTime start{}; ///< before the first request
    MonotonicTime end{};   ///< after the last message
    NetnsId netns = 0;
    bool exact = false; ///< read from the kernel's own structures: ConnectionSink::addExact()
    /// TickClock::offset, as most of the records of an exact sample have it; nullopt: nothing tells.
    std::optional<std::int64_t> jiffiesOffset;
    bool tickCertain = true;          ///< of every batch, see Connection::tickCertain
    std::vector<std::uint8_t> detail; ///< raw struct tcp_info of SampleRequest::detailCookie
    std::vector<Sentence> notes;      ///< what was left out or could not be had
    /// A socket is locked by its program, and so no tcp_info can be had of any: its cookie, or 0 where it is not known
    /// which one. nullopt: none is.
    std::optional<std::uint64_t> locked;
};

/// The machine that a sample is from, where its source tells of it.
struct MachineFacts {
    std::uint32_t host = 0; ///< HostContext::host; 0: this machine, or a recording
    std::string name;       ///< HostContext::name and kernel
    std::string kernel;
    /// Its CLOCK_MONOTONIC less this machine's, and how far that may be off either way.
    std::chrono::nanoseconds clockOffset{0};
    std::chrono::nanoseconds clockError{0};
    TcpSysctls sysctls;
    TickClock clock;
    MachineState state;
    std::unordered_map<std::uint32_t, std::string> users;      ///< by uid; the names of accounts
    std::unordered_map<std::uint32_t, std::string> interfaces; ///< by ifindex; the others do not exist
    std::uint64_t netnsCookie = 0;                             ///< of the network namespace; 0: not told
    std::string netnsName;                                     ///< "": not told
    std::unordered_map<std::uint32_t, ProcessUnit> units;      ///< by Connection::cgroup
    std::unordered_set<std::int32_t> stopped;                  ///< processes that are stopped; the others run
};

/// Where samples come from: the live kernel, a recording, a test's script. Used from one thread.
class Source {
public:
    virtual ~Source() = default;
    /// Sends every connection to `sink`.
    /// @return  NotSupported (module missing), NotPermitted (seccomp, LSM), Unreadable (the answer makes no sense)
    virtual Result<SampleSummary> sample(const SampleRequest& request, ConnectionSink& sink) = 0;
    /// Live sources change from sample to sample, and their owners can be looked up; a recording does neither.
    virtual bool live() const = 0;
    /// What a recording, or a test's script, tells of its machine. A live source is asked at each sample. nullopt for
    /// the kernel, whose facts are read from /proc.
    virtual std::optional<MachineFacts> machineFacts() const { return std::nullopt; }
    /// Of a recording of several network namespaces: the sources of the others. Once.
    virtual std::vector<std::unique_ptr<Source>> takeOthers() { return {}; }
    /// To be called before a frame is begun. A source that another machine tells waits for its next dump, which
    /// sample() and all the others are then about.
    virtual void prepare() {}
    /// What another machine has found out about sockets of that dump since the one before.
    virtual std::vector<ToldSocket> takeTold() { return {}; }
    /// Nothing will be told of its sockets that was not looked into yet: whoever looks once has seen it all.
    virtual bool settled() const { return true; }
    /// CLOCK_MONOTONIC of the machine that is sampled; a script has one of its own.
    virtual MonotonicTime now() const { return MonotonicClock::now(); }
    /// CPU time that other processes have taken for its samples so far. It may begin anew.
    virtual std::chrono::nanoseconds helpersTime() const { return {}; }
    /// Looks for one socket by its tuple and cookie, which no churn can hide as it can from a dump.
    /// @return false where it is gone, or where nobody can be asked
    virtual bool isStillThere(const Connection&) { return false; }
    /// Of which sockets something is so that no sample tells. @return NotSupported: nobody can be asked
    virtual Result<KernelAnswer> answer(const KernelQuestion&) {
        return failure(ErrorCode::NotSupported,
                       Sentence::tr("A recording tells no marks, no control groups and no bound ports."));
    }
    /// Where the paths of its connections can be looked up, in the network namespace of the calling thread; null:
    /// nowhere.
    virtual std::unique_ptr<PathSource> paths() const { return nullptr; }
};

} // namespace halfopen
