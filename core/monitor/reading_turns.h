// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/units.h"

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace halfopen {

/// Whose turn it is to be read again: each socket once a lap, a few with each sample, and no more a second than may be.
/// Where in the lap a socket's turn comes follows from its cookie, so nothing is kept of any of them. One thread.
class ReadingTurns {
public:
    /// A lap, where no more sockets want a turn than fit into it.
    static constexpr std::chrono::seconds kLap{10};
    /// Where more do, the lap is as long as they take. To fetch and read a socket costs 12 to 20 us (measured with 1500
    /// of one process on a busy machine), so this is 0.2 % of a core at the most, and half of it with 500 sockets.
    static constexpr std::size_t kPerSecond = 100;

    /// A sample begins.
    void beginSample(MonotonicTime now);
    /// It begins again.
    void beginSampleAgain();
    /// To be asked once for each socket that could be read. O(1).
    bool isTurnOf(std::uint64_t cookie);
    /// How long a lap is with this many sockets.
    static std::chrono::nanoseconds lapOf(std::size_t sockets);

private:
    MonotonicTime m_at{};     ///< of the last sample
    std::uint64_t m_from = 0; ///< turns from here on, in 2^32 parts of a lap
    std::uint64_t m_span = 0; ///< so many of them
    std::size_t m_asked = 0;  ///< by sockets in this sample
    std::size_t m_left = 0;   ///< how many may have their turn in it
    std::size_t m_most = 0;   ///< the same at its beginning
    bool m_begun = false;
};

} // namespace halfopen
