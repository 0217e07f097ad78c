// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/netlink_source.h"
#include "core/lab/laboratory.h"
#include "core/model/forecast.h"
#include "core/model/keepalive_options.h"
#include "core/model/row.h"
#include "tests/lab/promises/end_watch.h"
#include "tests/lab/promises/sample_log.h"
#include "tests/lab/promises/story.h"
#include "tests/lab/wire/capture.h"
#include "tests/lab/wire/lateness.h"
#include "tests/lab/wire/must.h"
#include "tests/lab/wire/report.h"
#include "tests/lab/wire/stage.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace halfopen::test {

/// A host in the far network that listens at one address; its port is its own in the room and names its connection.
struct Peer {
    Endpoint at;
    UniqueFd listener;
};

/// An end between two moments: `low` is when it was last seen not to have come.
struct Ended {
    MonotonicTime low;
    MonotonicTime high;
};

/// A connection of an experiment. Closing an end keeps the rest.
struct Flow {
    std::uint16_t farPort = 0;
    IpAddress farAddress;
    UniqueFd near;
    UniqueFd far;
    KeepaliveOptions options;                   ///< as last read from the near end
    promises::EndWatch::Watched* end = nullptr; ///< of the near end; null: none is watched yet
    std::optional<Ended> ended;                 ///< once it was followed to its end
};

/// One sample of one connection and what was forecast from it.
struct Look {
    Connection connection;
    Forecast forecast;                 ///< with the phase
    std::vector<TimelineEvent> events; ///< with the phase
    std::vector<TimelineEvent> banded; ///< without
    std::vector<TimelineEvent>
        assumed; ///< with the phase, from the sysctls alone; empty where the socket has other values

    MonotonicTime at(const Moment& moment) const {
        return connection.sampled + std::chrono::milliseconds(moment.expected.count());
    }
};

/// How an experiment's end shows.
enum class End : std::uint8_t {
    None,      ///< not waited for
    Error,     ///< poll(2) on the descriptor
    Vanishing, ///< it is no longer in the dump
};

/// A laboratory of its own with its own settings, its capture and its sock_diag socket, in which experiments run.
/// What cannot be set up throws std::runtime_error: it is the test's fault, or the machine's. What is gone before it is
/// looked at: TooLate.
class Room {
public:
    Room(Stage& stage, Report& report, const Lateness& lateness, const TickClock& clock);

    Stage& stage() { return m_stage; }
    Report& report() { return m_report; }
    lab::Laboratory& lab() { return m_lab; }

    void set(const std::string& sysctl, int value);
    Peer peer(Family family = Family::Ipv4, const lab::SocketOptions& options = {});
    /// A peer at an address of one's choice.
    Peer peerAt(const IpAddress& address, const lab::SocketOptions& options = {});
    Flow connect(const Peer& peer, const lab::SocketOptions& options = {});
    /// Only begins to connect, to a peer that has never been there.
    Flow call(const lab::SocketOptions& options = {});
    /// Somebody in the peer host begins to connect to a near listener and never hears the answer.
    Flow beCalled(std::uint16_t nearPort);

    void silence(const Flow& flow);
    /// The peer closes without telling and is there again: a reboot.
    void reboot(Flow& flow);
    void deafen(const Flow& flow);
    void undeafen(const Flow& flow);

    /// Samples the connection through core/diag and forecasts. Throws where it is not in the dump.
    Look look(Flow& flow);
    /// Samples until the connection is as wanted, at most ten seconds.
    Task<Look> lookWhen(Flow& flow, bool (*wanted)(const Connection&));
    /// The same; nullopt where it is gone before, or never as wanted.
    Task<std::optional<Look>> lookIfEver(Flow& flow, bool (*wanted)(const Connection&));
    bool isThere(const Flow& flow);

    /// Waits for every event of the look's schedule, unless it has happened since, and reports each.
    /// @param most  how many events on the wire, before the end
    Task<void> follow(Flow& flow, Look look, std::string experiment, End end = End::Error, std::size_t most = 99);
    /// Notes what the experiment did to its connection: what was promised before may be broken by it.
    /// @param breaks  assume:: bits
    void did(const Flow& flow, std::uint32_t breaks, std::string what);
    /// Every connection that was followed, with all that a window would have told of it until then.
    std::vector<promises::Story> stories();
    promises::OwnGrades ownGrades() { return m_log->ownGrades(); }

    /// Reports a forecast of "never"; the connection must be there still when `for` is over.
    Task<void> followNever(Flow& flow, Look look, std::string experiment, std::chrono::seconds time);

private:
    /// @param after  moved to what is found
    Task<std::optional<MonotonicTime>> packet(std::uint16_t farPort, MonotonicTime& after, MonotonicTime until);
    void watchEnd(Flow& flow);
    Task<std::optional<Ended>> end(Flow& flow, End how, MonotonicTime expected, MonotonicTime until);
    Task<std::optional<Ended>> vanishing(Flow& flow, MonotonicTime expected, MonotonicTime until);
    std::optional<Connection> find(std::uint16_t farPort);
    /// The same in a dump that began and ended within one tick: one that does not leaves open which jiffy its numbers
    /// count from, and that can take a forecast over the edge of a granule.
    std::optional<Connection> findWithinTick(std::uint16_t farPort);
    Flow begin(Flow flow, const lab::SocketOptions& options);
    void followed(const Flow& flow, const std::string& experiment, std::optional<promises::Ending> ending);
    Row compare(const Look& look, std::size_t index, std::optional<MonotonicTime> actual) const;
    TcpSysctls sysctls() const;

    Stage& m_stage;
    Report& m_report;
    const Lateness& m_lateness;
    TickClock m_clock;
    lab::Laboratory m_lab;
    std::unique_ptr<NetlinkSource> m_source;
    Capture m_capture;
    std::map<std::uint16_t, promises::Story> m_stories; ///< by far port
    std::uint16_t m_nextPort = 4000;
    int m_nextHost = 1;
    promises::EndWatch m_ends;
    std::unique_ptr<promises::SampleLog> m_log; ///< last: made in the local host
};

} // namespace halfopen::test
