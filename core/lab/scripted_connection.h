// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lab/tcp_socket.h"
#include "core/model/endpoint.h"
#include "core/model/units.h"

#include <cstdint>
#include <vector>

namespace halfopen::lab {

/// One thing that a program of the laboratory does to its connection, in this order until it holds it.
enum class Step : std::uint8_t {
    AwaitGreeting, ///< read what the peer host says first
    Settle,        ///< wait until acknowledgements that are due have gone out (300 ms)
    Silence,       ///< have the peer host take the peer's address away
    Write,         ///< a line of text
    Fill,          ///< write until the peer takes no more
    ShutDown,      ///< shutdown(SHUT_WR): send FIN, keep the descriptor
    Chat,          ///< a line each second, for ever
    Hold,          ///< nothing, until the kernel gives the connection up
    Close,         ///< close() and be done
};

/// One connection of a program, opened again some time after it has ended.
struct ScriptedConnection {
    Endpoint remote;
    SocketOptions options;
    std::vector<Step> steps; ///< the last one is Chat, Hold or Close
    std::chrono::seconds again{5};

    /// Its peer is taken away, so it must be given back before the next connection.
    bool killsPeer() const;
};

/// What a program asks the peer host to do; travels over a socket pair that both inherited.
struct PeerOrder {
    enum class Verb : std::uint8_t {
        Silence, ///< take the address away
        Revive,  ///< give it back
        Call,    ///< listeners are open: call; no address
    } verb = Verb::Silence;
    IpAddress address;
};
void send(int orders, const PeerOrder& order); ///< best effort: the peer host may be gone

/// Plays one ScriptedConnection: never blocks; whoever polls calls advance() when `wanted` is ready or `due` has come.
class ScriptPlayer {
public:
    /// @param orders  the programs' end of the socket pair to the peer host; must outlive the player
    ScriptPlayer(ScriptedConnection script, int orders);

    /// Does what has become possible or due by now.
    void advance(MonotonicTime now);

    int wantedFd() const { return m_wantedEvents != 0 ? m_socket.get() : -1; } ///< -1: nothing to poll
    short wantedEvents() const { return m_wantedEvents; }                      ///< POLL*
    MonotonicTime due() const { return m_due; }
    /// It has come as far as it gets by itself: holds, chats, is done, or waits for an answer that will not come.
    bool settled() const { return m_settled; }

private:
    void open(MonotonicTime now);
    void awaitConnection(MonotonicTime now);
    void play(MonotonicTime now);
    bool takeStep(Step step, MonotonicTime now);
    bool awaitGreeting(MonotonicTime now);
    bool settle(MonotonicTime now);
    bool fill(MonotonicTime now);
    bool chat(MonotonicTime now);
    bool hold(MonotonicTime now);
    bool done(MonotonicTime now);
    void waitUntil(MonotonicTime due, short events = 0);
    bool ended() const;

    ScriptedConnection m_script;
    int m_orders;
    UniqueFd m_socket;
    std::size_t m_next = 0;
    MonotonicTime m_due{};
    MonotonicTime m_settleEnd{};
    MonotonicTime m_nextWord{};
    short m_wantedEvents = 0;
    bool m_connected = false;
    bool m_settled = false;
};

} // namespace halfopen::lab
