// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace halfopen {

/// What a sentence about connections can offer to do, by a button beside it. Who can do it, does it.
enum class Verb : std::uint8_t {
    None,
    Close,        ///< the chosen connections
    Change,       ///< their keepalive
    TurnOn,       ///< the same, with keepalive on as a proposal
    Guard,        ///< keepalive for new connections of their unit, whose program does not ask for it
    ReadExactly,  ///< what this user may not read
    ShowProgram,  ///< list all connections of the chosen one's program
    ShowChildren, ///< list the connections of a listener
    InHistory,    ///< show how it ended
    Tuning,       ///< the settings of the machine
    CopyCommand,  ///< a command line that looks further, at the way to the peer or at the peer itself
    CopyRecord,   ///< of an ended connection, as text
    ShowSuspect,  ///< list those that may have lost their peer, and so on
    ShowUnguarded,
    ShowAbandoned,
    ShowDead, ///< the ended ones whose programs still have them open
};

} // namespace halfopen
