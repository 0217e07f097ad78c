// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"
#include "core/model/destroy_event.h"
#include "core/model/ending.h"
#include "core/model/evidence.h"
#include "core/model/forecast.h"
#include "core/model/keepalive_options.h"
#include "core/model/units.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace halfopen {

/// All that is known of a connection that is no longer in the dump.
struct LastObservations {
    /// What one sample knew of it.
    struct Look {
        Connection connection;
        KeepaliveOptions options;
        Forecast forecast;
    };
    std::optional<Look> last;          ///< the last sample that saw it; nullopt where none did
    std::uint8_t states = 0;           ///< seen:: bits of all samples that saw it
    std::optional<DestroyEvent> event; ///< where the kernel has freed it, and told so
    MonotonicTime missed{};            ///< end of the first dump without it
    bool released = false;             ///< of an event that told its end at once: the socket was freed after that
    bool disconnected = false;         ///< with it: DestroyEvent::disconnected
    bool eventExpected = false;        ///< events are listened to and none was lost: without one, a descriptor is held
    std::uint64_t eventsLost = 0;      ///< how many times events were lost since the last sample that saw it
    bool closedByHalfopen = false;
    bool resetByHalfopen = false; ///< closed as its own program could, which gets ECONNRESET
    std::optional<bool> passive;  ///< whether the peer opened it; for one that no sample saw

    /// The kernel ended it while its program has the descriptor: nothing told that it was freed.
    bool isDeadSocket() const { return last && !event && eventExpected && last->connection.inode != 0; }
    /// Likewise, and the kernel has told that it did.
    bool isHeld() const { return endTold() && event->held && !released; }
    /// The event is of the end itself, and not of what became of the socket later.
    bool endTold() const { return event && event->what == DestroyEvent::What::Ended; }
};

/// How it ended, and how that is known.
struct ClassifiedEnding {
    Ending ending = Ending::Unknown;
    Confidence confidence = Confidence::Unknown;
    std::vector<EndingEvidence> evidence; ///< the weightiest first
    int errorNumber = 0;                  ///< as EndedConnection::errorNumber
    MonotonicTime ended{};
    std::optional<MonotonicTime> lastLife;
    std::uint16_t unanswered = 0;
};

/// Pure: the same observations give the same ending.
///
/// The kernel tells no reason, so every ending is concluded: from the states that were seen (whose FIN came first),
/// from the forecast of the last sample (was the give-up due), and from the counters in the destroy event (wire_proof).
/// Certain is only what excludes everything else; where a reset would have looked the same, an ending is Likely.
ClassifiedEnding classify(const LastObservations& observed);

} // namespace halfopen
