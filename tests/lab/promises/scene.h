// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/netlink_source.h"
#include "core/lab/laboratory.h"
#include "tests/lab/promises/draw.h"
#include "tests/lab/promises/end_watch.h"
#include "tests/lab/promises/sample_log.h"
#include "tests/lab/promises/story.h"
#include "tests/lab/wire/capture.h"
#include "tests/lab/wire/lateness.h"
#include "tests/lab/wire/must.h"
#include "tests/lab/wire/stage.h"

#include <list>
#include <memory>
#include <string>
#include <vector>

namespace halfopen::promises {

/// What all scenarios of one run share.
struct Theatre {
    test::Stage stage;
    test::Lateness lateness;
    EndWatch ends;
};

/// Where a peer is.
enum class Place : std::uint8_t {
    Routed4, ///< behind a router that is always there: a peer that is gone leaves silence
    Routed6,
    OnLink4, ///< its own next hop, which this machine has to ask for
    OnLink6,
    Behind4, ///< behind a gateway of its own, which this machine has to ask for
};

/// A host in the far network that listens.
struct Peer {
    Endpoint at;
    UniqueFd listener;
    IpAddress nextHop; ///< of Place::OnLink and Behind; else unspecified
};

/// How one gets to know that a connection is over.
enum class Seen : std::uint8_t {
    ByProgram, ///< error or hang-up on its descriptor
    ByAbsence, ///< it is in no dump any more
};

/// One connection, its two ends and all that is noted of it.
struct Flow {
    Endpoint remote;
    IpAddress nextHop; ///< that this machine has to ask for; else unspecified
    UniqueFd near;
    UniqueFd far;
    std::uint64_t cookie = 0;             ///< 0: found by its remote end
    EndWatch::Watched* watched = nullptr; ///< of `near`, from its beginning
    Story story;
};

/// A laboratory with its own settings, played on the stage, watched as the window watches it: a Sampler in the near
/// host takes a sample every 0.3 s. What cannot be set up throws std::runtime_error.
class Scene {
public:
    Scene(Theatre& theatre, std::uint64_t seed);
    ~Scene();
    Scene(const Scene&) = delete;
    Scene& operator=(const Scene&) = delete;

    Draw& draw() { return m_draw; }
    test::Stage& stage() { return m_theatre.stage; }
    lab::Laboratory& lab() { return m_lab; }

    /// One of /proc/sys/net/ipv4 of the local host; false where this kernel has none.
    bool set(const std::string& name, int value);
    /// Of the near device's neighbours, /proc/sys/net/ipv[46]/neigh/eth0.
    void setNeighbours(const std::string& name, int value);
    /// A shell command, in the near or the peer host. Throws where it fails.
    void near(const std::string& command);
    void far(const std::string& command);

    /// Notes something that the script did to every connection that it still follows.
    void didToAll(std::uint32_t breaks, const std::string& what);
    /// Runs `act` in the peer host's namespace.
    template <class Act>
    void inFar(Act act) {
        const auto visit = test::must(m_lab.visitPeer());
        act();
    }

    Peer peer(Place place, const lab::SocketOptions& options = {});
    /// A connection made and idle.
    Flow& connect(const Peer& peer, const lab::SocketOptions& options, std::string title);
    /// Only begins to connect.
    Flow& call(const Endpoint& remote, const lab::SocketOptions& options, std::string title);
    /// One that the local host did not open, or that has no descriptor; known by its remote end.
    Flow& expect(const Endpoint& remote, std::string title);
    /// An address and a port in the peer host that nobody has had yet.
    Endpoint somewhere(Place place);

    /// The peer is gone: what is sent to it vanishes, at its side.
    void silence(const Flow& flow);
    /// The next hop forgets and no longer answers; the entry here is flushed.
    void loseNeighbour(const IpAddress& nextHop);
    /// The neighbour's address is taken from the peer host; the entry here ages.
    void switchOff(const IpAddress& nextHop);

    /// Notes something that the script did. @param breaks  assume:: bits
    void did(Flow& flow, std::uint32_t breaks, std::string what);
    /// Sets options of its near end.
    void change(Flow& flow, const lab::SocketOptions& options);
    void write(Flow& flow, std::size_t bytes = 19);
    /// The newest sample; nullptr before the first.
    const Row* latest(const Flow& flow);

    /// Waits for the end, at most for `limit`, and closes the story.
    test::Task<void> follow(Flow& flow, Seen how, std::chrono::milliseconds limit);

    /// Plays one of the scene's connections beside the others.
    void begin(test::Task<void> task);
    /// Until all of them are over. Then stories() are whole.
    test::Task<void> all();
    std::list<Flow>& flows() { return m_flows; }
    /// What the program's own grades have come to, and the promises that it itself saw broken.
    OwnGrades ownGrades() { return m_log->ownGrades(); }
    /// What went wrong in the script itself.
    const std::vector<std::string>& failures() const { return m_failures; }

private:
    test::Task<void> guarded(test::Task<void> task);
    Flow& add(const Endpoint& remote, UniqueFd near, UniqueFd far, std::string title);
    bool isThere(const Flow& flow);
    test::Task<void> untilVanished(Flow& flow, MonotonicTime until);
    test::Task<void> untilTold(Flow& flow, MonotonicTime until);
    void close(Flow& flow);

    Theatre& m_theatre;
    Draw m_draw;
    lab::Laboratory m_lab;
    std::unique_ptr<NetlinkSource> m_source;
    test::Capture m_capture;
    std::list<Flow> m_flows;
    std::vector<std::string> m_failures;
    std::size_t m_playing = 0;
    std::uint16_t m_nextPort = 4000;
    int m_nextHost = 1;
    Row m_newest;                     ///< what latest() gave last
    std::unique_ptr<SampleLog> m_log; ///< last: made in the local host
};

} // namespace halfopen::promises
