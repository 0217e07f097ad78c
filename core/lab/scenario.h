// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lab/peer_host.h"
#include "core/lab/scripted_connection.h"

#include <string>
#include <vector>

namespace halfopen::lab {

/// A socket of the local host that waits for connections, and what those that it accepts inherit.
struct LocalListener {
    Endpoint at;
    SocketOptions options;
    int backlog = 16;
    bool accepts = true; ///< else its queue fills up
};

/// One process of the local host.
struct Program {
    std::string name; ///< as /proc/PID/comm shows it, at most 15 characters
    std::vector<ScriptedConnection> connections;
    std::vector<LocalListener> listeners;
    bool stops = false; ///< once everything is as far as it gets, as after Ctrl+Z
};

/// Who plays in the laboratory: together at least one connection in every diagnosis, in every state that
/// holds still, IPv4 and IPv6; and the conditions that come by themselves: a neighbour that is gone, a queue of this
/// machine that drops, an accept queue that is full, data that nobody reads, a program that is stopped.
struct Scenario {
    std::vector<Service> services;
    std::vector<Caller> callers;
    std::vector<Program> programs;
};

/// @param ipv6  whether IPv6 peers may be part of it
Scenario everyDiagnosis(bool ipv6);

} // namespace halfopen::lab
