// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keepalive/evidence.h"
#include "core/kernel/process/owner_scan.h"
#include "core/kernel/sockets/socket_access.h"
#include "core/model/connection.h"
#include "core/model/keepalive_options.h"
#include "core/model/listeners.h"
#include "core/model/read_refusal.h"
#include "core/model/row_key.h"
#include "core/model/told_socket.h"
#include "core/model/units.h"
#include "core/monitor/given_readings.h"
#include "core/monitor/reading_turns.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace halfopen {

/// Finds out what a dump does not tell: who owns a socket, and which options it has. A sample asks with consider(),
/// row by row; work() looks for answers between two samples, in slices as short as its caller likes, so no frame ever
/// waits for it; the next sample picks the answers up with consider(). All of it on one thread, the one that samples:
/// that keeps the way of the data without locks, and a slice ends within some 2 ms of its time even inside a process
/// with 100,000 descriptors.
///
/// A socket's options are read at once, and again where its timer contradicts them, where it has been accepted since
/// (till then its listener's stood for them), and after forgetOptions(). What no timer shows (TCP_KEEPCNT,
/// TCP_USER_TIMEOUT, ..) its program may change as well, so each has its turn to be read again, see ReadingTurns, and
/// the selected one with each sample. Sockets of other users, which only somebody with more rights can read, are told
/// by addReadings() and have no turn.
class ProcessLookup {
public:
    /// @param readOptions  false: owners only
    /// @param only         cookies of the sockets to look into, and no other, nor dead ones; empty: all there are
    /// @param dead         whether dead ones are looked for at all
    explicit ProcessLookup(bool readOptions = true, ScanPace pace = {}, std::unordered_set<std::uint64_t> only = {},
                           OwnerScan::Dead dead = OwnerScan::Dead::LookedFor)
        : m_scan(pace, only.empty() ? dead : OwnerScan::Dead::NotLookedFor)
        , m_only(std::move(only))
        , m_readOptions(readOptions) {}

    /// See DeadSocketSearch::lookIn().
    void lookForDeadIn(NetnsId netns, std::uint64_t cookie) { m_scan.lookForDeadIn(netns, cookie); }
    /// From now on works with so many threads: for a program that looks once and waits for it.
    void setThreads(std::uint32_t threads) {
        m_threads = threads;
        m_scan.setThreads(threads);
    }

    /// From here on the sockets are another machine's: nobody is looked for here, and what was found there is told by
    /// addTold().
    void beTold();
    /// Of sockets of the next sample. @param netnsIndex  Connection::netnsIndex of the sockets
    void addTold(std::uint16_t netnsIndex, std::vector<ToldSocket> sockets);

    /// A dump begins.
    /// @param selected  a socket that is looked at closely
    void beginSample(std::optional<RowKey> selected = std::nullopt);
    /// It begins again: what consider() handed out since is handed out once more.
    void beginSampleAgain();

    /// To be called for every connection of the dump, after learn(). O(1).
    /// @param past     the same that learn() was given
    /// @param options  what learn() made of it; replaced by what was read since the last sample, and lowered to
    ///                 Inferred where the timer contradicts what was read before
    /// @return         whether owners() names somebody who owns the socket, else why not
    OwnerUnknown consider(const Connection& now, const Past& past, KeepaliveOptions& options);

    /// The same for a connection whose options are known, and will be with each sample: only its owners are looked for.
    OwnerUnknown considerOwner(const Connection& now);

    /// Who owns TCP sockets is told by these from now on, see OwnerScan.
    void setSocketOwners(std::shared_ptr<SocketOwners> owners) { m_scan.setSocketOwners(std::move(owners)); }
    /// For whoever looks once: finds the owners of all before the sample, where that is quick.
    void findAllOwners() { m_scan.scanAll(); }

    /// Looks for answers until `until` at most.
    /// @return true when the next sample will show something new
    bool work(MonotonicTime until);

    /// All that can be known is known at `now`: who looks once has seen it all with the next sample.
    bool settled(MonotonicTime now) const {
        return m_isTold || (!m_widened && m_scan.settled(now) && m_next == m_wanted.size());
    }

    /// And nothing is left to be read again: waiting for the next sample is right.
    bool idle(MonotonicTime now) const { return settled(now) && m_nextAgain == m_again.size(); }

    /// Never null; another table whenever an owner came or went.
    const OwnerTablePtr& owners() { return m_given.over(m_scan.owners()); }
    /// See OwnerScan::dead().
    const DeadSocketsPtr& dead() const { return m_scan.dead(); }

    /// What was read with more rights than this process has, of sockets of the next sample: shown from then on like
    /// what is read here, exact until the timer contradicts it. The owners stay as long as the socket.
    /// @param netnsIndex  Connection::netnsIndex of the sockets
    void addReadings(std::uint16_t netnsIndex, std::vector<SocketReading> readings) {
        m_given.add(netnsIndex, std::move(readings), m_sample);
    }

    /// Why the options of this socket were not read; None where nothing was tried (no owner is known) or it
    /// succeeded.
    ReadRefusal refusalOf(const RowKey& socket) const;

    /// The sysctls have changed, and with them all values in effect that nobody had set: read everything again, in
    /// slices. What is known stays until then; what was given (addReadings()) follows as far as it may have been the
    /// setting's.
    /// @param netnsIndex  of the namespace whose settings they are
    void forgetOptions(std::uint16_t netnsIndex, const TcpSysctls& before, const TcpSysctls& now);

private:
    struct Wanted {
        RowKey socket;             ///< the connection
        std::uint64_t ownerCookie; ///< of the socket to read: the same, or its listener's
        std::uint32_t ownerInode;  ///< 0: the listener is not known yet, `child` says whose
        std::uint32_t child;       ///< index into m_children, with ownerInode 0
        State state;               ///< of the socket to read
    };
    struct Again {
        RowKey socket;
        std::uint32_t inode;
        State state;
        KeepaliveOptions known;
    };
    struct Refusal {
        ReadRefusal why;
        MonotonicTime tryAgain;
        std::uint32_t sample; ///< the last that asked
    };

    struct ToldWhy {
        OwnerUnknown why;
        ReadRefusal unread;
        std::uint32_t sample; ///< the last that asked, or was told
    };

    void forgetWanted();
    OwnerUnknown lookedUp(const Connection& now);
    OwnerUnknown toldOf(const Connection& now);
    void follow(const Connection& now, KeepaliveOptions& options) const;
    bool isToBeReadAgain(const Connection& now, OwnerUnknown why, const KeepaliveOptions& known);
    void want(const Connection& now, OwnerUnknown why);
    bool pickUp(const Connection& now, KeepaliveOptions& options);
    bool readTogether();
    bool readNext();
    bool read(Wanted wanted);
    bool readFromOwners(const Wanted& wanted);
    bool readAgain(const Again& again);
    std::optional<OptionsReading> askOwners(const Wanted& wanted);
    SocketMeant meant(const Wanted& wanted) const;
    void refused(const RowKey& socket, ReadRefusal why);
    void dropOldRefusals();

    bool isWanted(const Connection& connection);

    OwnerScan m_scan;
    std::unordered_set<std::uint64_t> m_only;
    std::unordered_set<std::uint16_t> m_onlyPorts; ///< of listeners that sockets in m_only wait for
    bool m_widened = false;                        ///< m_onlyPorts has grown: the next sample tells more
    SocketAccess m_reader;
    GivenReadings m_given;
    struct SettingsChange {
        TcpSysctls before, now;
    };
    std::map<std::uint16_t, SettingsChange> m_settings; ///< by namespace, since all options were read last
    Listeners m_listeners;
    std::vector<Connection> m_children; ///< of this sample, not accepted yet
    std::vector<Wanted> m_wanted;       ///< of this sample
    std::size_t m_next = 0;             ///< into m_wanted
    ReadingTurns m_turns;
    std::optional<RowKey> m_selected;
    std::vector<Again> m_again;                                  ///< to be read again; may be of samples before
    std::size_t m_nextAgain = 0;                                 ///< into m_again
    bool m_takesTurns = false;                                   ///< this sample adds to it
    std::unordered_map<RowKey, KeepaliveOptions> m_readings;     ///< not picked up yet
    std::vector<std::pair<RowKey, KeepaliveOptions>> m_pickedUp; ///< in this sample
    std::unordered_map<RowKey, Refusal> m_refusals;
    struct Subflow {
        SocketMeant meant;
        std::uint32_t sample; ///< the last that had it
    };
    std::unordered_map<RowKey, Subflow> m_subflows; ///< of MPTCP connections, which a cookie alone does not name
    std::unordered_map<RowKey, ToldWhy> m_told;
    std::uint32_t m_sample = 0;
    std::uint32_t m_threads = 1;
    bool m_isTold = false; ///< by another machine; nothing is looked for here
    bool m_readOptions;
    bool m_readAll = false;      ///< until a whole sample has asked for all
    bool m_readAllAsked = false; ///< this sample does
};

} // namespace halfopen
