// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace halfopen {

/// What can come between a promise and its moment, as it is seen in later samples and events.
enum class Sighting : std::uint8_t {
    AskedFor,         ///< Halfopen was told to close the connection
    PeerAnswered,     ///< something arrived from the peer, of whatever kind
    ProgramClosed,    ///< its program closed or shut it down
    ProgramSent,      ///< its program sent data
    OptionsChanged,   ///< its options, or the settings that stand for them, have other values than the promise rests on
    WindowChanged,    ///< the peer's window was opened or closed
    LocalDrop,        ///< this machine dropped, or refused to send, what was to go out
    IcmpError,        ///< ICMP errors came
    NeighbourFailed,  ///< the next hop stopped answering
    ClientSent,       ///< the client of a half-open request sent something
    ListenerPressure, ///< its SYN queue filled
    ListenerClosed,   ///< the listener is gone
    OrphanPressure,   ///< orphans passed the machine's limits
    MachineSlept,     ///< this machine slept
    ConditionOver,    ///< what the promise took in (Forecast::conditions) is over
    ValueDiffered,    ///< a limit that was not read from the socket is another than was assumed
    ClosedBySomebody, ///< it ended while no timer of the kernel was due: its program, another one, or an ICMP error
};
inline constexpr std::size_t kSightingCount = 17;

std::string_view toString(Sighting sighting); ///< "peer-answered", ...: the words of the JSON contract
std::string_view describe(Sighting sighting); ///< "the peer answered": for a sentence

/// A set of sightings; 4 bytes.
struct Sightings {
    std::uint32_t bits = 0;

    static constexpr std::uint32_t bit(Sighting s) { return 1U << static_cast<unsigned>(s); }
    constexpr bool has(Sighting s) const { return (bits & bit(s)) != 0; }
    constexpr void add(Sighting s) { bits |= bit(s); }
    constexpr void add(Sightings others) { bits |= others.bits; }
    constexpr bool empty() const { return bits == 0; }
    /// In the order of the enumeration, which is the order of weight.
    std::vector<Sighting> list() const;

    constexpr bool operator==(const Sightings&) const = default;
};

} // namespace halfopen
