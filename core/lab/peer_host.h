// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lab/links.h"
#include "core/lab/scripted_connection.h"
#include "core/lab/tcp_socket.h"

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace halfopen::lab {

/// How a service of the peer host treats those who connect to it. Every one says a greeting first.
enum class Behaviour : std::uint8_t {
    Answer, ///< reads, answers each line, closes when the other side has closed
    Deaf,   ///< never reads: its window fills up
    HangUp, ///< closes at once
    Linger, ///< reads, never closes, even after the other side has
};

/// A listener of the peer host, and how it treats its guests.
struct Service {
    Endpoint at;
    Behaviour behaviour = Behaviour::Answer;
};

/// A connection from the peer host to a listener of the near one; made again when it has ended.
struct Caller {
    IpAddress from;
    Endpoint to;
};

/// Everybody whom the local host talks to, in one process: a loop around poll(2) until the process ends.
class PeerHost {
public:
    /// @param orders  the peer host's end of the socket pair that carries PeerOrder; must outlive it
    PeerHost(Links links, int orders)
        : m_links(std::move(links))
        , m_orders(orders) {}

    /// Adds the address and listens there. Errors: as Links and listenAt().
    Result<void> serve(const Service& service);
    /// Calls from the next PeerOrder::Verb::Call on.
    void addCaller(const Caller& caller) { m_callers.push_back({caller, {}, MonotonicTime::max()}); }

    /// One round: waits for something to happen, at most a second, and deals with it.
    void turn();

private:
    struct Listener {
        Service service;
        UniqueFd socket;
    };
    struct Guest {
        Endpoint at;
        Behaviour behaviour = Behaviour::Answer;
        UniqueFd socket;
    };
    struct Call {
        Caller caller;
        UniqueFd socket;
        MonotonicTime again{};
    };
    void obey();
    void revive(const IpAddress& address);
    void accept(const Listener& listener);
    static void attend(Guest& guest);
    void redial(MonotonicTime now);

    Links m_links;
    int m_orders;
    std::vector<Listener> m_listeners;
    std::vector<Guest> m_guests;
    std::vector<Call> m_callers;
};

} // namespace halfopen::lab
